import { jest } from '@jest/globals';
import pg from 'pg';
import { Agent } from '../entities/index.js';
import { newId } from '../ids.js';
import { withAdmin } from '../testing/admin.js';
import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../testing/test-database.js';
import { currentContext, runWithContext } from './context.js';
import { openDatabase, type Database } from './database.js';
import {
  CommitRolledBackError,
  InvalidOrganizationIdError,
  NestedTransactionError,
  NoTenantError,
  OutsideTransactionError,
  ParallelTransactionError,
  ParameterValueError,
  StatementRefusedError,
  TransactionEndedError,
} from './errors.js';
import type { RoundTripForm } from './stand-alone.js';
import type { TenantConnection } from './tenant-connection.js';
import { BEGIN } from './transaction-statements.js';
import type { Tx } from './tx.js';

let test: TestDatabase;
let ours: TestOrganization;
let theirs: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  ours = await createOrganization(test);
  theirs = await createOrganization(test);
});
afterAll(() => test.drop());

describe.each<RoundTripForm>(['one-sync', 'transaction'])('in the form %s', (roundTripForm) => {
  let database: Database;
  let mine: TenantConnection;

  beforeAll(async () => {
    database = await openDatabase({ urls: test.urls, settings: { roundTripForm, poolSize: 3, statementTimeoutMs: 2_000, acquireTimeoutMs: 2_000 } });
  });
  beforeEach(() => {
    mine = database.tenant(ours.orgId, { actorType: 'USER', actorId: ours.userId, requestId: 'request-1' });
  });
  afterEach(async () => {
    await expectNothingLeft();
    await withAdmin(test.urls.admin, (admin) => admin.query('delete from app.agent'));
  });
  afterAll(() => database.close());

  async function expectNothingLeft(): Promise<void> {
    expect(database.pools.map(({ usage }) => [usage.taken, usage.waiting])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const { rows } = await withAdmin(test.urls.admin, (admin) =>
      admin.query(`select query from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`),
    );
    expect(rows).toEqual([]);
  }

  async function agentNames(): Promise<unknown[]> {
    const { rows } = await withAdmin(test.urls.admin, (admin) => admin.query<{ name: string }>('select name from app.agent order by name'));
    return rows.map(({ name }) => name);
  }

  const insert = 'insert into app.agent (org_id, id, name) values (:orgId, :id, :name)';
  const add = (db: TenantConnection | Tx, name: string): Promise<number> => db.execute(insert, { id: newId(), name });

  it('reads and writes the rows of its organization, and of no other', async () => {
    const other = database.tenant(theirs.orgId);
    await add(mine, 'ours');
    await add(other, 'theirs');
    expect(await mine.query('select name from app.agent')).toEqual([{ name: 'ours' }]);
    expect(await other.query('select name from app.agent')).toEqual([{ name: 'theirs' }]);
    expect(await other.execute('update app.agent set name = :name', { name: 'x' })).toBe(1);
    await expect(other.execute(insert.replace(':orgId', ':other'), { id: newId(), name: 'forged', other: ours.orgId })).rejects.toMatchObject({
      code: '42501',
    });
    expect(await agentNames()).toEqual(['ours', 'x']);
  });

  it('works as the weak role, with the actor, the request and the timeouts of its settings', async () => {
    const text = `select current_user::text as role, app.current_org_id() as org, app.current_actor_id() as actor, app.current_user_id() as person,
      app.current_request_id() as request, current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
      current_setting('idle_in_transaction_session_timeout') as idle`;
    const expected = {
      role: 'app_tenant',
      org: ours.orgId,
      actor: ours.userId,
      person: ours.userId,
      request: 'request-1',
      statement: '2s',
      lock: '5s',
      idle: '30s',
    };
    expect(await mine.query(text)).toEqual([expected]);
    expect(await mine.transaction((tx) => tx.query(text))).toEqual([expected]);
  });

  it('leaves nothing behind on the connection', async () => {
    await mine.query('select 1');
    await mine.transaction((tx) => tx.query('select 1'));
    const left = await database.pools[0]?.withClient((client) =>
      client
        .query(`select current_user::text as role, app.current_org_id() as org, current_setting('app.actor_id', true) as actor`)
        .catch((error: unknown) => error),
    );
    expect(left).toMatchObject({ code: '42501' });
  });

  it('is one round trip for a statement, and n + 1 for a transaction of n', async () => {
    await mine.query('select 1');
    const count = await countingWrites(async () => {
      await mine.query('select 1');
    });
    expect(count).toBe(1);
    const three = await countingWrites(() =>
      mine.transaction(async (tx) => {
        await tx.query('select 1');
        await tx.query('select 2');
        await tx.query('select 3');
      }),
    );
    expect(three).toBe(4);
    expect(await countingWrites(() => mine.transaction((tx) => tx.last('select 1')))).toBe(1);
  });

  it('takes no connection for a transaction without statements', async () => {
    const fresh = await openDatabase({ urls: test.urls, settings: { roundTripForm } });
    expect(await fresh.tenant(ours.orgId).transaction(() => Promise.resolve('done'))).toBe('done');
    expect(fresh.pools.map(({ usage }) => usage.open)).toEqual([0, 0, 0]);
    await fresh.close();
  });

  it('refuses to run without a tenant', async () => {
    await expect(database.current.query('select 1')).rejects.toThrow(NoTenantError);
    await expect(database.current.transaction(() => Promise.resolve())).rejects.toThrow(NoTenantError);
    await runWithContext({ requestId: 'r' }, async () => {
      await expect(database.current.query('select 1')).rejects.toThrow('nobody has been authenticated');
      currentContext()?.setPrincipal({ userId: ours.userId, orgId: null, actorType: 'USER', actorId: ours.userId, role: null, scopes: [] });
      await expect(database.current.query('select 1')).rejects.toThrow('not chosen an organization');
    });
  });

  it('takes the organization of the running request', async () => {
    const inRequest = (orgId: string, actorId: string): Promise<unknown> =>
      runWithContext({ requestId: `of-${actorId}` }, async () => {
        currentContext()?.setPrincipal({ userId: actorId, orgId, actorType: 'USER', actorId, role: null, scopes: [] });
        expect(database.current.orgId).toBe(orgId);
        return database.current.query('select app.current_org_id() as org, app.current_request_id() as request');
      });
    expect(await Promise.all([inRequest(ours.orgId, ours.userId), inRequest(theirs.orgId, theirs.userId)])).toEqual([
      [{ org: ours.orgId, request: `of-${ours.userId}` }],
      [{ org: theirs.orgId, request: `of-${theirs.userId}` }],
    ]);
  });

  it('refuses an organization id that is no UUID', () => {
    for (const id of ['', 'x', `${ours.orgId}'`, ' ']) expect(() => database.tenant(id)).toThrow(InvalidOrganizationIdError);
  });

  it.each(['set role app_login', 'reset role', 'discard all', 'do $$ begin end $$', 'begin', 'commit', '/* */ rollback', 'savepoint a', ''])(
    'does not send %j',
    async (text) => {
      await expect(mine.query(text)).rejects.toThrow(StatementRefusedError);
      await expect(mine.transaction((tx) => tx.query(text))).rejects.toThrow(StatementRefusedError);
      await expect(mine.transaction((tx) => tx.last(text))).rejects.toThrow(StatementRefusedError);
    },
  );

  it('sends one statement, never two', async () => {
    await expect(mine.query('select 1; select 2')).rejects.toMatchObject({ code: '42601' });
    await expect(mine.query('select 1; reset role')).rejects.toMatchObject({ code: '42601' });
  });

  it('sends nothing at all when a value cannot be sent', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const writes = await countingWrites(() => expect(mine.execute(insert, { id: newId(), name: circular })).rejects.toThrow(ParameterValueError));
    expect(writes).toBe(0);
    await mine.transaction(async (tx) => {
      await add(tx, 'kept');
      await expect(tx.execute(insert, { id: newId(), name: circular })).rejects.toThrow(ParameterValueError);
    });
    expect(await agentNames()).toEqual(['kept']);
  });

  it('rolls back when the function throws, and passes its error on', async () => {
    const reason = new Error('enough');
    await expect(
      mine.transaction(async (tx) => {
        await add(tx, 'one');
        throw reason;
      }),
    ).rejects.toBe(reason);
    expect(await agentNames()).toEqual([]);
  });

  it('does not call a transaction committed that was rolled back', async () => {
    const work = mine.transaction(async (tx) => {
      await add(tx, 'one');
      await tx.query('selct').catch(() => undefined);
      await tx.query('select 1 / 0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow(CommitRolledBackError);
    expect(await agentNames()).toEqual([]);
  });

  it('names the first failure as the cause of a commit that became a rollback', async () => {
    const work = mine.transaction(async (tx) => {
      await tx.query('select 1 / 0').catch(() => undefined);
      await tx.query('select 2').catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'COMMIT_ROLLED_BACK', cause: { code: '22012' } });
  });

  it('commits with the last statement, after which nothing is sent', async () => {
    let kept: Tx | undefined;
    const work = mine.transaction(async (tx) => {
      kept = tx;
      await add(tx, 'first');
      expect(await tx.last('update app.agent set name = :name returning name', { name: 'last' })).toEqual([{ name: 'last' }]);
      await tx.query('select 1');
    });
    await expect(work).rejects.toThrow(TransactionEndedError);
    await expect(kept?.query('select 1')).rejects.toThrow(TransactionEndedError);
    expect(await agentNames()).toEqual(['last']);
  });

  it('rolls back when the last statement fails', async () => {
    await expect(
      mine.transaction(async (tx) => {
        await add(tx, 'one');
        await tx.last('select 1 / 0');
      }),
    ).rejects.toMatchObject({ code: '22012' });
    await expect(
      mine.transaction(async (tx) => {
        await add(tx, 'one');
        await tx.last('select 1 / 0').catch(() => undefined);
      }),
    ).rejects.toThrow(CommitRolledBackError);
    expect(await agentNames()).toEqual([]);
  });

  it('sends parallel statements one after the other', async () => {
    await mine.transaction((tx) => Promise.all(['a', 'b', 'c'].map((name) => add(tx, name))));
    expect(await agentNames()).toEqual(['a', 'b', 'c']);
  });

  it('waits for statements that nobody awaited before it commits', async () => {
    await mine.transaction((tx) => {
      void add(tx, 'straggler');
      return Promise.resolve();
    });
    expect(await agentNames()).toEqual(['straggler']);
    const failing = mine.transaction((tx) => {
      void add(tx, 'lost');
      tx.query('select 1 / 0').catch(() => undefined);
      return Promise.resolve();
    });
    await expect(failing).rejects.toThrow(CommitRolledBackError);
    expect(await agentNames()).toEqual(['straggler']);
  });

  it('refuses a statement that comes after the end, whatever it waited for', async () => {
    let later: Promise<unknown> = Promise.resolve();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await mine.transaction(async (tx) => {
      await add(tx, 'one');
      later = gate.then(() => tx.query('select 1'));
    });
    release();
    await expect(later).rejects.toThrow(TransactionEndedError);
  });

  it('never lets an ended transaction write into another one on the same connection', async () => {
    const single = await openDatabase({ urls: test.urls, settings: { roundTripForm, poolSize: 1 } });
    let kept: Tx | undefined;
    await single.tenant(ours.orgId).transaction(async (tx) => {
      kept = tx;
      await tx.query('select 1');
    });
    await single.tenant(theirs.orgId).transaction(async (tx) => {
      await tx.query('select 1');
      await expect(kept?.query('select app.current_org_id()')).rejects.toThrow(TransactionEndedError);
      await expect(kept?.last('select 1')).rejects.toThrow(TransactionEndedError);
      await expect(kept?.repository(Agent).count()).rejects.toThrow(TransactionEndedError);
    });
    await single.close();
  });

  it('refuses a second transaction inside the first, and one beside it', async () => {
    await mine.transaction(async (tx) => {
      await tx.query('select 1');
      await expect(mine.transaction(() => Promise.resolve())).rejects.toThrow(NestedTransactionError);
      await expect(mine.query('select 1')).rejects.toThrow(OutsideTransactionError);
    });
    const both = await Promise.allSettled([mine.transaction((tx) => tx.query('select 1')), mine.transaction((tx) => tx.query('select 2'))]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: expect.any(ParallelTransactionError) });
    await mine.transaction((tx) => tx.query('select 1'));
  });

  it('ends a statement that takes too long, and goes on', async () => {
    const impatient = await openDatabase({ urls: test.urls, settings: { roundTripForm, statementTimeoutMs: 150 } });
    const slow = impatient.tenant(ours.orgId);
    await expect(slow.query('select pg_sleep(10)')).rejects.toMatchObject({ code: '57014' });
    await expect(slow.transaction((tx) => tx.query('select pg_sleep(10)'))).rejects.toMatchObject({ code: '57014' });
    expect(await slow.query('select 1 as one')).toEqual([{ one: 1 }]);
    await impatient.close();
  });

  it('prepares a statement anew when a migration changed its result', async () => {
    await withAdmin(test.urls.admin, (admin) =>
      admin.query('create table app.changing (a int); grant select on app.changing to app_tenant; insert into app.changing values (1)'),
    );
    expect(await mine.query('select * from app.changing')).toEqual([{ a: 1 }]);
    await withAdmin(test.urls.admin, (admin) => admin.query('alter table app.changing add column b int'));
    const all = await Promise.all([1, 2, 3].map(() => mine.query('select * from app.changing')));
    expect(all).toEqual([[{ a: 1, b: null }], [{ a: 1, b: null }], [{ a: 1, b: null }]]);
    await withAdmin(test.urls.admin, (admin) => admin.query('drop table app.changing'));
  });

  it('sends nothing outside a transaction that never began', async () => {
    const loseBegin = (): Promise<unknown> | undefined => database.pools[0]?.withClient((client) => client.query(`deallocate "${String(BEGIN.name)}"`));
    await mine.transaction((tx) => tx.query('select 1'));
    await loseBegin();
    await expect(
      mine.transaction(async (tx) => {
        await expect(tx.query('select 1')).rejects.toMatchObject({ code: '26000' });
        await tx.query('select current_user');
      }),
    ).rejects.toThrow(TransactionEndedError);
    await mine.transaction((tx) => tx.query('select 1'));
    await loseBegin();
    await expect(
      mine.transaction(async (tx) => {
        await tx.query('select 1').catch(() => undefined);
      }),
    ).rejects.toThrow(CommitRolledBackError);
    expect(await mine.transaction((tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
  });

  it('keeps the connection after an error, rolled back and clean', async () => {
    const single = await openDatabase({ urls: test.urls, settings: { roundTripForm, poolSize: 1 } });
    const tenant = single.tenant(ours.orgId);
    const backend = (): Promise<unknown[]> => tenant.query('select pg_backend_pid() as pid');
    const before = await backend();
    await expect(tenant.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' });
    await expect(tenant.transaction((tx) => tx.query('select 1 / 0'))).rejects.toMatchObject({ code: '22012' });
    expect(await backend()).toEqual(before);
    await single.close();
  });

  it('works without prepared names, for poolers that know none', async () => {
    const nameless = await openDatabase({ urls: test.urls, settings: { roundTripForm, preparedStatements: false, poolSize: 1 } });
    const tenant = nameless.tenant(ours.orgId);
    await add(tenant, 'a');
    await tenant.transaction((tx) => add(tx, 'b'));
    expect(await tenant.query('select name from app.agent order by name')).toEqual([{ name: 'a' }, { name: 'b' }]);
    const prepared = await nameless.pools[0]?.withClient((client) => client.query('select 1 from pg_prepared_statements'));
    expect(prepared?.rows).toEqual([]);
    await nameless.close();
  });

  it('makes several inserts of one call atomic', async () => {
    const agents = Array.from({ length: 9_000 }, (_, index) => ({
      name: `agent-${String(index % 8_999)}`,
      description: 'x',
      model: 'm',
      isActive: true,
      tools: [],
      parameters: {},
      systemPrompt: 's',
    }));
    await expect(mine.repository(Agent).insert(agents)).rejects.toMatchObject({ code: '23505' });
    expect(await agentNames()).toEqual([]);
  });

  async function countingWrites(work: () => Promise<unknown>): Promise<number> {
    const write = jest.spyOn(pg.Client.prototype, 'query');
    try {
      await work();
      return write.mock.calls.length;
    } finally {
      write.mockRestore();
    }
  }
});
