import { Database, newId } from '#database';
import { createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { abandon, type AbortMoment } from './support/abort.js';
import { addAgent } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import type { Answer } from './support/http-client.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

const AT_ONCE = 64;
const REQUESTS = 832;
const POOL_SIZE = 5;

/** An organization with rows whose names begin with its id, so that a wrong one shows at sight. */
interface Tenant extends RegisteredPerson {
  readonly repository: string;
  readonly agent: string;
  /** A repository whose row somebody else holds a lock on. */
  readonly locked: string;
}

let database: TestDatabase;
let api: RunningApi;
let tenants: Tenant[];
/** Names that were answered with 201. */
const acknowledged: string[] = [];
const counts = new Map<string, number>();

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, {
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    DATABASE_STATEMENT_TIMEOUT_MS: '400',
    DATABASE_LOCK_TIMEOUT_MS: '5000',
    DATABASE_ACQUIRE_TIMEOUT_MS: '30000',
  });
  const people = await Promise.all(['Ada', 'Bob', 'Cyd', 'Dan', 'Eva', 'Fay', 'Gus', 'Hal'].map((name) => register(api, name)));
  tenants = await Promise.all(
    people.map(async (person) => {
      const [repository, locked] = [await add(person, `${person.orgId}/first`), await add(person, `${person.orgId}/locked`)];
      return { ...person, repository, locked, agent: await addAgent(database, repository, { name: `${person.orgId}/agent` }) };
    }),
  );
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const repositoryNamed = (name: string): object => ({ name, gitUrl: 'https://git.example/agents.git' });
const get = (path: string, { token }: RegisteredPerson): Promise<Answer> => api.call('GET', path, { token });
const post = (path: string, { token }: RegisteredPerson, json?: unknown): Promise<Answer> => api.call('POST', path, { token, json });

async function add(person: RegisteredPerson, name: string): Promise<string> {
  const { body, status } = await post('/v1/agent-repositories', person, repositoryNamed(name));
  expect({ name, status }).toEqual({ name, status: 201 });
  acknowledged.push(name);
  return String(body['id']);
}

function expectOwnRows({ status, body }: Answer, { orgId }: Tenant): void {
  expect(status).toBe(200);
  const items = body['items'] as { name: string }[];
  expect(items.length).toBeGreaterThan(0);
  expect(items.filter(({ name }) => !name.startsWith(orgId))).toEqual([]);
}

type Kind = (tenant: Tenant, other: Tenant) => Promise<void>;

const leaving =
  (method: string, path: (tenant: Tenant) => string, moment: AbortMoment, json?: (tenant: Tenant) => object): Kind =>
  (tenant) =>
    abandon(api.url, method, path(tenant), { token: tenant.token, json: json?.(tenant) }, moment);

const KINDS: Readonly<Record<string, Kind>> = {
  'lists repositories': async (tenant) => expectOwnRows(await get('/v1/agent-repositories?limit=100', tenant), tenant),
  'lists agents': async (tenant) => expectOwnRows(await get('/v1/git-agents', tenant), tenant),
  'asks who it is': async (tenant) => {
    const { status, text } = await get('/v1/me', tenant);
    expect([status, text.includes(tenant.orgId), tenants.filter(({ orgId }) => text.includes(orgId)).length]).toEqual([200, true, 1]);
  },
  'gets its own': async (tenant) => {
    expect(await get(`/v1/git-agents/${tenant.agent}`, tenant)).toMatchObject({
      status: 200,
      body: { name: `${tenant.orgId}/agent`, repositoryId: tenant.repository },
    });
  },
  "gets another's": async (tenant, other) => {
    const answer = await get(`/v1/agent-repositories/${other.repository}`, tenant);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain(other.orgId);
  },
  writes: async (tenant) => {
    await add(tenant, `${tenant.orgId}/${newId()}`);
  },
  'writes in a transaction': async (tenant) => {
    expect(await post(`/v1/agent-repositories/${tenant.repository}/sync`, tenant)).toMatchObject({ status: 202, body: { repositoryId: tenant.repository } });
  },
  'takes a name twice': async (tenant) => {
    expect(await post('/v1/agent-repositories', tenant, repositoryNamed(`${tenant.orgId}/first`))).toMatchObject({ status: 409 });
  },
  'fails in a transaction': async (tenant, other) => {
    expect(await post(`/v1/agent-repositories/${other.repository}/sync`, tenant)).toMatchObject({ status: 404 });
  },
  'runs into the statement timeout': async (tenant) => {
    expect(await api.call('DELETE', `/v1/agent-repositories/${tenant.locked}`, { token: tenant.token })).toMatchObject({
      status: 503,
      body: { code: 'QUERY_TIMEOUT' },
    });
  },
  'leaves while a statement waits': leaving('DELETE', ({ locked }) => `/v1/agent-repositories/${locked}`, 'under way'),
  'leaves a list': leaving('GET', () => '/v1/agent-repositories', 'when sent'),
  'leaves a write': leaving(
    'POST',
    () => '/v1/agent-repositories',
    'under way',
    ({ orgId }) => repositoryNamed(`${orgId}/${newId()}`),
  ),
  'leaves in the middle of a body': leaving(
    'POST',
    () => '/v1/agent-repositories',
    'in the body',
    ({ orgId }) => repositoryNamed(`${orgId}/${newId()}`),
  ),
};

/** Keeps as many requests under way as there may be, until all have been sent; every kind comes from every organization. */
async function storm(): Promise<void> {
  const kinds = Object.entries(KINDS);
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let index = next++; index < REQUESTS; index = next++) {
        const [name, kind] = kinds[index % kinds.length] ?? [];
        const tenant = tenants[Math.floor(index / kinds.length) % tenants.length];
        const other = tenants[(Math.floor(index / kinds.length) + 1 + (index % 7)) % tenants.length];
        if (name === undefined || kind === undefined || tenant === undefined || other === undefined) throw new TypeError('no such request');
        await kind(tenant, other);
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }),
  );
}

/** Waits for the work of clients that have left: nobody tells when it ends. */
async function quiet(): Promise<void> {
  const pools = api.app.get(Database).pools;
  for (
    const deadline = Date.now() + 10_000;
    pools.some(({ usage }) => usage.taken + usage.waiting > 0);
    await new Promise((resolve) => setImmediate(resolve))
  ) {
    if (Date.now() > deadline) throw new Error(`Connections are still out: ${JSON.stringify(pools.map(({ usage }) => usage))}`);
  }
}

describe(`${AT_ONCE} requests at once over 8 organizations on ${POOL_SIZE} connections, with errors, timeouts and clients that leave`, () => {
  beforeAll(async () => {
    await withAdmin(database.urls.admin, async (admin) => {
      await admin.query('begin');
      await admin.query('select 1 from app.agent_repository where uid = any ($1) for update', [tenants.map(({ locked }) => locked)]);
      await storm();
      // Whoever left last still waits for the lock, and would delete the row once it is free.
      await quiet();
      await admin.query('rollback');
    });
  }, 60_000);

  it('never show a row of another organization, and each is answered as it would be alone', () => {
    expect(Object.fromEntries(counts)).toEqual(
      Object.fromEntries(Object.keys(KINDS).map((name, index) => [name, Math.ceil((REQUESTS - index) / Object.keys(KINDS).length)])),
    );
  });

  it('leak no connection: all that are open are idle', async () => {
    await quiet();
    const pools = api.app.get(Database).pools.map(({ name, usage }) => ({ name, ...usage }));
    expect(pools).toEqual([
      { name: 'tenant', taken: 0, waiting: 0, open: expect.any(Number), size: POOL_SIZE },
      { name: 'privileged', taken: 0, waiting: 0, open: expect.any(Number), size: 3 },
    ]);
    const connections = await asSuperuser<{ login: string; states: string[] }>(
      database,
      `select usename as login, array_agg(state) as states from pg_stat_activity where datname = current_database() and application_name = 'plinth-api' group by 1 order by 1`,
    );
    expect(connections).toEqual(
      [
        { login: 'app_login', states: Array.from({ length: pools[0]?.open ?? 0 }, () => 'idle') },
        { login: 'app_privileged', states: Array.from({ length: pools[1]?.open ?? 0 }, () => 'idle') },
      ].filter(({ states }) => states.length > 0),
    );
    expect(pools[0]?.open).toBeLessThanOrEqual(POOL_SIZE);
  });

  it('leave no transaction and no lock behind', async () => {
    await quiet();
    expect(
      await asSuperuser(
        database,
        `select query from pg_stat_activity where datname = current_database() and usename like 'app\\_%' and xact_start is not null`,
      ),
    ).toEqual([]);
    expect(
      await asSuperuser(
        database,
        `select 1 from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.pid <> pg_backend_pid()`,
      ),
    ).toEqual([]);
  });

  it('lose no write that was acknowledged, and write nothing into another organization', async () => {
    await quiet();
    const rows = await asSuperuser<{ name: string; org_id: string }>(database, 'select name, org_id from app.agent_repository');
    expect(rows.filter(({ name, org_id }) => !name.startsWith(org_id))).toEqual([]);
    const names = new Set(rows.map(({ name }) => name));
    expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
    // Some clients left so late that their write was done: the others were under way as well.
    expect(names.size).toBeGreaterThan(acknowledged.length);
    expect(
      await asSuperuser(
        database,
        `select 1 from app.job j where not exists (select 1 from app.agent_repository r where r.org_id = j.org_id and r.uid::text = j.payload ->> 'repositoryId')`,
      ),
    ).toEqual([]);
  });

  it('leave an API that answers everybody at once', async () => {
    const answers = await Promise.all(
      tenants.flatMap((tenant) => [get('/v1/agent-repositories', tenant), get(`/v1/agent-repositories/${tenant.locked}`, tenant)]),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const tenant of tenants)
      expect(await api.call('DELETE', `/v1/agent-repositories/${tenant.locked}`, { token: tenant.token })).toMatchObject({ status: 204 });
  });
});
