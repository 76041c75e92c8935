import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '#identity';

/** Everything that was delivered from this home, oldest first; `to` leaves out what went to other addresses. */
export async function deliveries(home: string, to?: string): Promise<Delivery[]> {
  const all = (await outbox(home))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Delivery);
  return to === undefined ? all : all.filter((delivery) => delivery.to === to);
}

/** The token that was last sent to an address. @throws where there is none */
export async function lastToken(home: string, to: string): Promise<string> {
  const token = (await deliveries(home, to)).at(-1)?.token;
  if (typeof token !== 'string') throw new Error(`No token was sent to ${to}.`);
  return token;
}

async function outbox(home: string): Promise<string> {
  const file = join(home, 'outbox.jsonl');
  return existsSync(file) ? await readFile(file, 'utf8') : '';
}
