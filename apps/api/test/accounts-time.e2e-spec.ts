import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { TokenDelivery } from '#identity';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

/** Pairs in one measurement, of which the medians count. */
const PAIRS = 9;
/** A busy machine may spoil a measurement; what tells addresses apart spoils every one. */
const MEASUREMENTS = 4;
/** Half of what hashing a password costs on a fast machine, and far more than noise makes of a median. */
const BOUND_MS = 15;

interface Exchange {
  readonly ms: number;
  /** The answer as it came, but for what names the moment and the request. */
  readonly bytes: string;
}

/** One request on a connection of its own, so that the answer's headers are the whole of what is seen. */
function exchange(path: string, json: unknown, token?: string): Promise<Exchange> {
  const headers = { 'content-type': 'application/json', connection: 'close', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const call = request(api.url + path, { method: 'POST', headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        const names = response.rawHeaders.map((text, index, all) => (/^(?:date|x-request-id|(?:x-)?ratelimit.*)$/i.test(all[index & ~1] ?? '') ? '' : text));
        resolve({ ms: performance.now() - began, bytes: `${response.statusCode} ${names.join('|')} ${body.replace(/"requestId":"[^"]*"/, '')}` });
      });
    });
    call.on('error', reject).end(JSON.stringify(json));
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const registration = (email: string) => ({ email, password: 'a long password', name: 'New', organizationName: 'New Ltd' });

/** [what is asked, the request for an address that has an account or has none] */
const ROUTES: readonly [string, (email: string) => Promise<Exchange>][] = [
  ['registering', (email) => exchange('/v1/auth/register', registration(email))],
  // The address that has an account begins to pause on the way, which takes the same time too.
  ['signing in', (email) => exchange('/v1/auth/login', { email, password: 'not the password' })],
  ['resetting a password', (email) => exchange('/v1/auth/password-reset', { email })],
  ['changing an address', (email) => exchange('/v1/me/address', { email, password: ada.password }, ada.token)],
];

let serial = 0;

/** The difference of the medians, in milliseconds. Both kinds take turns, so that what else happens touches both. */
async function measure(ask: (email: string) => Promise<Exchange>, pairs = PAIRS): Promise<number> {
  const free: Exchange[] = [];
  const taken: Exchange[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    free.push(await ask(`free${(serial += 1)}@example.test`));
    taken.push(await ask(ada.email));
  }
  expect(new Set([...free, ...taken].map(({ bytes }) => bytes)).size).toBe(1);
  return Math.abs(median(free.map(({ ms }) => ms)) - median(taken.map(({ ms }) => ms)));
}

it.each(ROUTES)(
  '%s takes the same time and gives the same bytes for a free and a taken address',
  async (_what, ask) => {
    await ask('warm@example.test');
    const differences: number[] = [];
    for (let round = 0; round < MEASUREMENTS && !differences.some((difference) => difference < BOUND_MS); round += 1) differences.push(await measure(ask));
    expect(Math.min(...differences)).toBeLessThan(BOUND_MS);
  },
  60_000,
);

it('the measurement sees what is slower for one of the two', async () => {
  const delivery = api.app.get(TokenDelivery);
  const send = delivery.send.bind(delivery);
  delivery.send = async (sent) => {
    if (sent.to === ada.email) await pause(120);
    await send(sent);
  };
  try {
    expect(await measure((email) => exchange('/v1/auth/password-reset', { email }), 3)).toBeGreaterThan(BOUND_MS);
  } finally {
    delivery.send = send;
  }
});
