import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './expect.mjs';

/** The token that was last sent to an address: in development, what is sent is appended to a file below PLINTH_HOME. */
export function tokenSentTo(home, address) {
  const lines = readFileSync(join(home, 'outbox.jsonl'), 'utf8').trim().split('\n');
  const delivery = lines.map((line) => JSON.parse(line)).findLast(({ to }) => to === address);
  check(delivery?.token, `No token was sent to ${address}.`);
  return delivery.token;
}

/** Who can sign in to the demo organization. */
export function demoLogin(home) {
  const [{ email, password }] = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')).developmentUsers;
  return { email, password };
}
