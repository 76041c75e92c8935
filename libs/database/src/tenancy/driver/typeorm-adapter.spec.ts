import type { DataSource, Repository } from 'typeorm';
import { Agent, Task } from '../../entities/index.js';
import { newId } from '../../ids.js';
import { withAdmin } from '../../testing/admin.js';
import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../../testing/test-database.js';
import { currentContext, runWithContext } from '../context.js';
import { openDatabase, type Database } from '../database.js';
import { CommitRolledBackError, NoTenantError, StatementRefusedError, TransactionEndedError } from '../errors.js';
import type { RoundTripForm } from '../stand-alone.js';

let test: TestDatabase;
let ours: TestOrganization;
let theirs: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  ours = await createOrganization(test);
  theirs = await createOrganization(test);
});
afterAll(() => test.drop());

function as<T>(organization: TestOrganization, work: () => Promise<T>): Promise<T> {
  return runWithContext({ requestId: 'request' }, () => {
    const { orgId, userId } = organization;
    currentContext()?.setPrincipal({ userId, orgId, actorType: 'USER', actorId: userId, role: null, scopes: [] });
    return work();
  });
}

describe.each<RoundTripForm>(['one-sync', 'transaction'])('an injected repository, in the form %s', (roundTripForm) => {
  let database: Database;
  let dataSource: DataSource;
  let agents: Repository<Agent>;

  beforeAll(async () => {
    database = await openDatabase({ urls: test.urls, settings: { roundTripForm, poolSize: 3, acquireTimeoutMs: 2_000 } });
    dataSource = database.dataSource;
    agents = dataSource.getRepository(Agent);
  });
  afterEach(async () => {
    expect(database.pools[0]?.usage).toMatchObject({ taken: 0, waiting: 0 });
    await withAdmin(test.urls.admin, (admin) => admin.query('delete from app.task; delete from app.agent'));
  });
  afterAll(() => database.close());

  const agent = (name: string): Agent => agents.create({ id: newId(), name });

  async function agentNames(): Promise<unknown[]> {
    const { rows } = await withAdmin(test.urls.admin, (admin) => admin.query<{ name: string }>('select name from app.agent order by name'));
    return rows.map(({ name }) => name);
  }

  it("reaches the rows of the request's organization, and of no other", async () => {
    await as(ours, () => agents.insert({ id: newId(), name: 'ours' }));
    await as(theirs, () => agents.insert({ id: newId(), name: 'theirs' }));
    expect(await as(ours, () => agents.find())).toMatchObject([{ name: 'ours', orgId: ours.orgId }]);
    expect(await as(theirs, () => agents.createQueryBuilder('a').where('a.name like :n', { n: '%' }).getMany())).toMatchObject([{ name: 'theirs' }]);
    expect(await as(ours, () => dataSource.query('select name from app.agent where name = $1', ['ours']))).toEqual([{ name: 'ours' }]);
    expect((await as(ours, () => agents.update({ name: 'theirs' }, { name: 'x' }))).affected).toBe(0);
    expect((await as(ours, () => agents.delete({ name: 'theirs' }))).affected).toBe(0);
  });

  it('refuses to run without a tenant', async () => {
    await expect(agents.find()).rejects.toMatchObject({ name: NoTenantError.name });
    await expect(agents.save(agent('x'))).rejects.toMatchObject({ name: NoTenantError.name });
    await expect(dataSource.query('select 1')).rejects.toMatchObject({ name: NoTenantError.name });
    await expect(dataSource.transaction(() => Promise.resolve())).rejects.toThrow(NoTenantError);
    await expect(runWithContext({ requestId: 'r' }, () => agents.count())).rejects.toMatchObject({ name: NoTenantError.name });
  });

  it('joins the running transaction, and is rolled back with it', async () => {
    await as(ours, () =>
      database.current.transaction(async (tx) => {
        await agents.save(agent('saved'));
        await agents.insert({ id: newId(), name: 'inserted' });
        expect(await tx.query('select name from app.agent order by name')).toEqual([{ name: 'inserted' }, { name: 'saved' }]);
        await tx.repository(Agent).update({ name: 'saved' }, { name: 'seen by both' });
        expect(await agents.findOneBy({ name: 'seen by both' })).toBeInstanceOf(Agent);
      }),
    );
    expect(await agentNames()).toEqual(['inserted', 'seen by both']);
    await expect(
      as(ours, () =>
        database.current.transaction(async () => {
          await agents.save(agent('gone'));
          throw new RangeError('no');
        }),
      ),
    ).rejects.toThrow(RangeError);
    expect(await agentNames()).toEqual(['inserted', 'seen by both']);
  });

  it('joins the transaction of a fixed connection too', async () => {
    await database.tenant(theirs.orgId).transaction(() => agents.save(agent('fixed')));
    expect(await as(theirs, () => agents.count())).toBe(1);
  });

  it('saves outside a transaction in one of its own, as a whole', async () => {
    await as(ours, () => agents.save([agent('a'), agent('b')]));
    await expect(as(ours, () => agents.save([agent('c'), agent('a')]))).rejects.toMatchObject({ code: '23505' });
    expect(await agentNames()).toEqual(['a', 'b']);
  });

  it('undoes a failed save inside a transaction, and nothing else', async () => {
    await as(ours, () =>
      database.current.transaction(async (tx) => {
        await agents.save(agent('kept'));
        await expect(agents.save([agent('undone'), agent('kept')])).rejects.toMatchObject({ code: '23505' });
        await tx.repository(Agent).insert({ name: 'after' });
      }),
    );
    expect(await agentNames()).toEqual(['after', 'kept']);
  });

  it('saves side by side in one transaction', async () => {
    await as(ours, () => database.current.transaction(() => Promise.all(['a', 'b', 'c', 'd'].map((name) => agents.save(agent(name))))));
    expect(await agentNames()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('commits nothing when a failed save could not be undone without undoing what ran beside it', async () => {
    await as(ours, () => agents.insert({ id: newId(), name: 'taken' }));
    const work = as(ours, () =>
      database.current.transaction(async () => {
        await Promise.allSettled([agents.save(agent('taken')), agents.save(agent('beside'))]);
      }),
    );
    await expect(work).rejects.toThrow(CommitRolledBackError);
    expect(await agentNames()).toEqual(['taken']);
  });

  it('commits nothing when going back to a savepoint would undo what ran beside it', async () => {
    const work = as(ours, () =>
      database.current.transaction(async () => {
        let go = (): void => undefined;
        const beside = new Promise<void>((resolve) => (go = resolve)).then(() => agents.save(agent('beside')));
        await expect(
          dataSource.transaction(async (manager) => {
            await manager.save(agent('inner'));
            go();
            await beside;
            throw new RangeError('only the inner one');
          }),
        ).rejects.toThrow(RangeError);
      }),
    );
    await expect(work).rejects.toThrow(CommitRolledBackError);
    expect(await agentNames()).toEqual([]);
  });

  it("runs dataSource.transaction as the tenant's, nested ones as savepoints", async () => {
    await as(ours, () =>
      dataSource.transaction(async (manager) => {
        await manager.save(agent('manager'));
        await agents.save(agent('injected'));
        await expect(
          manager.transaction(async (inner) => {
            await inner.save(agent('inner'));
            await agents.save(agent('inner injected'));
            throw new RangeError('only the inner one');
          }),
        ).rejects.toThrow(RangeError);
        await dataSource.transaction((beside) => beside.save(agent('nested')));
      }),
    );
    expect(await agentNames()).toEqual(['injected', 'manager', 'nested']);
    await expect(
      as(ours, () =>
        dataSource.transaction(async (manager) => {
          await manager.save(agent('gone'));
          throw new RangeError('all');
        }),
      ),
    ).rejects.toThrow(RangeError);
    expect(await agentNames()).toEqual(['injected', 'manager', 'nested']);
  });

  it("runs a query runner's own transaction, and rolls back what was not committed at its release", async () => {
    await as(ours, async () => {
      const runner = dataSource.createQueryRunner();
      await runner.startTransaction();
      await runner.manager.insert(Agent, { id: newId(), name: 'committed' });
      await runner.commitTransaction();
      await runner.startTransaction();
      await runner.manager.insert(Agent, { id: newId(), name: 'abandoned' });
      await runner.release();
    });
    expect(await agentNames()).toEqual(['committed']);
  });

  it('follows relations within the organization', async () => {
    await as(ours, async () => {
      const owner = await agents.save(agent('with tasks'));
      const tasks = dataSource.getRepository(Task);
      await tasks.insert({ id: newId(), agentId: owner.id, title: 'one' });
      expect(await tasks.find({ relations: { agent: true } })).toMatchObject([{ title: 'one', agent: { name: 'with tasks' } }]);
    });
  });

  it('refuses a repository in code that outlived its transaction', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let late: Promise<unknown> = Promise.resolve();
    await as(ours, () =>
      database.current.transaction(() => {
        late = gate.then(() => agents.find());
        return Promise.resolve();
      }),
    );
    release();
    await expect(late).rejects.toMatchObject({ name: TransactionEndedError.name });
  });

  it('sends no statement that no connection sends, and changes no schema', async () => {
    await as(ours, async () => {
      await expect(dataSource.query('set role app_login')).rejects.toMatchObject({ name: StatementRefusedError.name });
      await expect(dataSource.query('rollback')).rejects.toMatchObject({ name: StatementRefusedError.name });
      await expect(dataSource.synchronize()).rejects.toThrow(StatementRefusedError);
      await expect(dataSource.runMigrations()).rejects.toThrow(StatementRefusedError);
      await expect(dataSource.transaction('SERIALIZABLE', () => Promise.resolve())).rejects.toThrow(StatementRefusedError);
      await expect(agents.createQueryBuilder('a').stream()).rejects.toThrow(StatementRefusedError);
    });
  });
});

it('makes no pool of its own', async () => {
  const database = await openDatabase({ urls: test.urls });
  await as(ours, () => database.dataSource.getRepository(Agent).count());
  const { rows } = await withAdmin(test.urls.admin, (admin) =>
    admin.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'plinth'`),
  );
  expect(rows).toEqual([{ n: 1 }]);
  await database.close();
});
