import { newId } from '#database';
import { createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import type { Answer } from './support/http-client.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

const LOCK_TIMEOUT_MS = 400;
let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, { DATABASE_LOCK_TIMEOUT_MS: String(LOCK_TIMEOUT_MS) });
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  delete process.env['DATABASE_LOCK_TIMEOUT_MS'];
  await api?.close();
  await database?.drop();
});

const repository = (name: string): object => ({ name, gitUrl: 'https://git.example/agents.git' });

function create(key: string, json: object, person: RegisteredPerson = ada): Promise<Answer> {
  return api.call('POST', '/v1/agent-repositories', { token: person.token, json, headers: { 'idempotency-key': key } });
}

async function countOf(name: string): Promise<number> {
  const [row] = await asSuperuser<{ count: number }>(database, 'select count(*)::int as count from app.agent_repository where name = $1', [name]);
  return row?.count ?? 0;
}

/** Does `work` while nobody can write a repository; `isBlocked` resolves once somebody waits for that. */
function whileLocked<T>(work: (isBlocked: () => Promise<void>) => Promise<T>): Promise<T> {
  return withAdmin(database.urls.admin, async (admin) => {
    await admin.query('begin');
    await admin.query('lock table app.agent_repository in exclusive mode');
    const waiting = "select 1 from pg_locks where not granted and relation = 'app.agent_repository'::regclass";
    try {
      return await work(async () => {
        while ((await admin.query(waiting)).rows.length === 0) await new Promise((resolve) => setImmediate(resolve));
      });
    } finally {
      await admin.query('rollback');
    }
  });
}

describe('a POST with an Idempotency-Key', () => {
  it('is carried out once and answered the same every time', async () => {
    const key = newId();
    const first = await create(key, repository('Once'));
    const again = await create(key, { gitUrl: 'https://git.example/agents.git', name: 'Once' });
    expect(first).toMatchObject({ status: 201 });
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', etag: first.headers['etag'] });
    expect(await countOf('Once')).toBe(1);
  });

  it('sent ten times at once is carried out once', async () => {
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(key, repository('Ten'))));
    expect(await countOf('Ten')).toBe(1);
    for (const { status, body } of answers) {
      expect(status === 201 || (status === 409 && body['code'] === 'IDEMPOTENCY_KEY_IN_USE')).toBe(true);
    }
    expect(answers.filter(({ status, headers }) => status === 201 && headers['idempotency-replayed'] === undefined)).toHaveLength(1);
  });

  it('the key of another body or another caller is refused; another organization has its own', async () => {
    const key = newId();
    expect(await create(key, repository('Mine'))).toMatchObject({ status: 201 });
    expect(await create(key, repository('Other'))).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    const eve = await register(api, 'Eve');
    const hers = await create(key, repository('Mine'), eve);
    expect(hers).toMatchObject({ status: 201 });
    expect(hers.headers['idempotency-replayed']).toBeUndefined();
    expect(await countOf('Mine')).toBe(2);
    expect(await countOf('Other')).toBe(0);
  });

  it('a refusal is an answer too', async () => {
    const key = newId();
    const first = await create(key, repository('Mine'));
    const again = await create(key, repository('Mine'));
    expect(first).toMatchObject({ status: 409, body: { code: 'AGENT_REPOSITORY_NAME_TAKEN', errors: [{ field: 'name' }] } });
    expect(again).toMatchObject({ status: 409, headers: { 'idempotency-replayed': 'true' } });
    expect({ ...again.body, requestId: '' }).toEqual({ ...first.body, requestId: '' });
    expect(again.body['requestId']).toBe(again.headers['x-request-id']);
  });

  it.each([
    ['empty', ''],
    ['with a blank', 'a b'],
    ['too long', 'x'.repeat(256)],
    ['not ASCII', 'é'],
  ])('a key that is %s is refused', async (_what, key) => {
    expect(await create(key, repository('Bad key'))).toMatchObject({
      status: 400,
      body: { code: 'IDEMPOTENCY_KEY_INVALID' },
    });
    expect(await countOf('Bad key')).toBe(0);
  });

  it('while the first is carried out the second is asked to wait', async () => {
    const key = newId();
    const { first, second } = await whileLocked(async (isBlocked) => {
      const started = create(key, repository('Slow'));
      await isBlocked();
      return { second: await create(key, repository('Slow')), first: started };
    });
    expect(second).toMatchObject({ status: 409, headers: { 'retry-after': '1' }, body: { code: 'IDEMPOTENCY_KEY_IN_USE' } });
    expect(await first).toMatchObject({ status: 201 });
    expect(await create(key, repository('Slow'))).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
  });

  it('a failure of ours is not kept: the same key may try again', async () => {
    const key = newId();
    const failed = await whileLocked(() => create(key, repository('Later')));
    expect(failed).toMatchObject({ status: 503, body: { code: 'ROW_LOCKED' } });
    const again = await create(key, repository('Later'));
    expect(again).toMatchObject({ status: 201 });
    expect(again.headers['idempotency-replayed']).toBeUndefined();
  });
});

describe('after a crash between the work and its answer', () => {
  const breakOff = (key: string, age: string, kept = '1 day'): Promise<unknown[]> =>
    asSuperuser(
      database,
      `set session_replication_role = replica;
       update app.idempotency_key set response = null, updated_at = now() - interval '${age}', expires_at = now() + interval '${kept}' where key = '${key}'`,
    );

  it('the outcome is called unknown, and nothing is carried out twice', async () => {
    const key = newId();
    await create(key, repository('Crashed'));
    await breakOff(key, '59 seconds');
    expect(await create(key, repository('Crashed'))).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_IN_USE' } });
    await breakOff(key, '61 seconds');
    const answer = await create(key, repository('Crashed'));
    expect(answer).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_OUTCOME_UNKNOWN' } });
    expect(answer.headers['retry-after']).toBeUndefined();
  });

  it('the key is free again when its retention is over', async () => {
    const key = newId();
    await create(key, repository('Expired'));
    await breakOff(key, '25 hours', '-1 hour');
    expect(await create(key, repository('Expired anew'))).toMatchObject({ status: 201 });
  });
});
