import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseDelivery } from './choose-delivery.js';
import { DevelopmentDelivery } from './development-delivery.js';
import { MailNotConfiguredError } from './errors.js';
import type { Delivery } from './token-delivery.js';

const delivery: Delivery = { to: 'ada@example.test', purpose: 'REGISTER', token: 'plt_x' };

let home: string;
const environment = { ...process.env };

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'plinth-delivery-'));
  process.env['PLINTH_HOME'] = join(home, 'not', 'yet');
  process.env['LOG_LEVEL'] = 'silent';
});

afterEach(async () => {
  process.env = { ...environment };
  await rm(home, { recursive: true, force: true });
});

const outbox = (): string => join(home, 'not', 'yet', 'outbox.jsonl');
const lines = async (): Promise<unknown[]> =>
  (await readFile(outbox(), 'utf8'))
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

describe.each(['development', 'test'])('in %s', (kind) => {
  it('each delivery is a line of the outbox in the home of Plinth, which only its owner reads', async () => {
    process.env['NODE_ENV'] = kind;
    const post = chooseDelivery();
    post.assertReady();
    await post.send(delivery);
    await post.send({ to: 'bob@example.test', purpose: 'ALREADY_REGISTERED', token: null });
    expect(await lines()).toEqual([
      { ...delivery, at: expect.any(String) },
      { to: 'bob@example.test', purpose: 'ALREADY_REGISTERED', token: null, at: expect.any(String) },
    ]);
    expect((await stat(outbox())).mode & 0o077).toBe(0);
  });
});

it('many at once are whole lines', async () => {
  const post = new DevelopmentDelivery(outbox());
  await Promise.all(Array.from({ length: 50 }, (_, index) => post.send({ ...delivery, token: `plt_${index}` })));
  expect(new Set((await lines()).map((line) => (line as Delivery).token)).size).toBe(50);
});

it.each(['production', 'staging', undefined])('where NODE_ENV is %s, nothing is sent, logged or written', async (kind) => {
  if (kind === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = kind;
  const post = chooseDelivery();
  expect(() => post.assertReady()).toThrow(MailNotConfiguredError);
  await expect(post.send(delivery)).rejects.toThrow(/operator makes accounts/);
  await expect(stat(outbox())).rejects.toMatchObject({ code: 'ENOENT' });
});
