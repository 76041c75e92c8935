import { newId, writeAudit, type TenantConnection } from '#database';
import { OrganizationWorld, type Person } from '../../test/support/organization-world.js';
import { auditLogStatement, type AuditLogFilter } from '../persistence/audit-log.js';
import { AuditLogService } from './audit-log.service.js';
import { purgeAuditLog, type RunBatch } from './purge-audit-log.js';

const ROWS = 50_000;

let world: OrganizationWorld;
let owner: Person;
let db: TenantConnection;
let log: AuditLogService;

beforeAll(async () => {
  world = await OrganizationWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  owner = await world.owner();
  db = world.database.tenant(owner.orgId, { actorType: 'USER', actorId: owner.userId });
  log = new AuditLogService(db);
});

const unrestricted: RunBatch = (work) => world.database.unrestricted.run({ reason: 'retention', actor: 'spec' }, work);
const write = (action: string, subjectId = 'x', subjectType = 'agent') => writeAudit(db, { action, subjectType, subjectId, changes: { a: 1 } });
const actions = async (filter: AuditLogFilter): Promise<string[]> => (await log.list(filter)).items.map(({ action }) => action);

/** Entries of `days` days, one an hour, as they would stand after so long; written past every guard. */
function fill(orgId: string, rows: number): Promise<unknown> {
  return world.sql(
    `insert into app.audit_log (org_id, id, actor_type, actor_id, action, subject_type, subject_id, created_at)
     select $1, gen_random_uuid(), 'USER', $2, 'agent.changed', 'agent', (n % 1000)::text, now() - n * interval '1 hour' from generate_series(1, $3::int) n`,
    [orgId, owner.userId, rows],
  );
}

describe('the audit log', () => {
  it('is read newest first, page by page, also where entries are of the same moment', async () => {
    await db.transaction(async (tx) => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) await writeAudit(tx, { action: name, subjectType: 'agent', subjectId: 'x' });
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await log.list({}, { limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(5);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it('is narrowed by action, subject, actor and time, all at once', async () => {
    await write('agent.created', 'one');
    await write('agent.changed', 'one');
    await write('agent.changed', 'two');
    await write('run.started', 'one', 'run');
    const [oldest] = (await log.list()).items.slice(-1);
    const [newest] = (await log.list()).items;
    expect(await actions({ action: 'agent.changed' })).toEqual(['agent.changed', 'agent.changed']);
    expect(await actions({ subjectType: 'agent', subjectId: 'one' })).toEqual(['agent.changed', 'agent.created']);
    expect(await actions({ actorId: owner.userId, action: 'run.started' })).toEqual(['run.started']);
    expect(await actions({ actorId: newId() })).toEqual([]);
    expect(await actions({ to: oldest?.createdAt })).toEqual([]);
    expect(await actions({ from: newest?.createdAt })).toEqual(['run.started']);
    expect(newest).toMatchObject({ actorType: 'USER', actorId: owner.userId, subjectType: 'run', subjectId: 'one', changes: { a: 1 } });
  });

  it('of another organization is not seen', async () => {
    await write('secret.thing');
    const stranger = await world.owner();
    expect(await new AuditLogService(world.database.tenant(stranger.orgId)).list()).toEqual({ items: [], nextCursor: null });
  });

  it.each(['x', 'e30', Buffer.from('["audit","now()","x"]').toString('base64url')])('takes no cursor that it did not give out: %p', async (cursor) => {
    await expect(log.list({}, { cursor })).rejects.toMatchObject({ code: 'INVALID_CURSOR', httpStatus: 400 });
  });

  it('is read by an index, whatever it is narrowed to', async () => {
    await fill(owner.orgId, ROWS);
    await fill((await world.owner()).orgId, ROWS);
    await world.sql('analyze app.audit_log');
    const noon = new Date(Date.now() - 86_400_000);
    const filters: AuditLogFilter[] = [
      {},
      { action: 'agent.changed' },
      { subjectType: 'agent', subjectId: '7' },
      { subjectId: '7' },
      { actorId: owner.userId },
      { actorId: newId() },
      { action: 'never.done', subjectType: 'nothing' },
      { from: noon },
      { to: noon, action: 'agent.changed' },
    ];
    const { nextCursor } = await log.list({}, { limit: 100 });
    for (const filter of filters) {
      for (const cursor of [undefined, nextCursor ?? undefined]) {
        const { text, parameters } = auditLogStatement(filter, 51, cursor);
        const plan = (await db.query<Record<string, string>>(`explain ${text}`, parameters)).map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).toMatch(/Index Scan using ix_audit_log_(created_at|subject)/);
        expect(plan).not.toContain('Seq Scan');
      }
    }
  });
});

describe('what no index leads to', () => {
  it('is looked for so many entries at a time, on pages that may be empty and go on', async () => {
    await fill(owner.orgId, 25_000);
    await world.sql(
      `update app.audit_log set action = 'rare.thing' where org_id = $1 and created_at = (select min(created_at) from app.audit_log where org_id = $1)`,
      [owner.orgId],
    );
    const found: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await log.list({ action: 'rare.thing' }, { cursor });
      found.push(...page.items.map(({ action }) => action));
      sizes.push(page.items.length);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect({ found, sizes }).toEqual({ found: ['rare.thing'], sizes: [0, 0, 1] });
  });
});

describe('an entry cannot be forged', () => {
  const denied = { code: '42501' };

  it('inserted, changed or deleted by the role of the tenant', async () => {
    await write('agent.created');
    await expect(
      db.execute(`insert into app.audit_log (org_id, id, actor_type, action) values (:orgId, gen_random_uuid(), 'SYSTEM', 'forged')`),
    ).rejects.toMatchObject(denied);
    await expect(db.execute(`update app.audit_log set action = 'forged' where org_id = :orgId`)).rejects.toMatchObject(denied);
    await expect(db.execute('delete from app.audit_log where org_id = :orgId')).rejects.toMatchObject(denied);
    expect(await actions({})).toEqual(['agent.created']);
  });

  it('in the name of another actor or organization: the context alone says both', async () => {
    await world.as(owner, () =>
      writeAudit(world.database.current, { action: 'agent.created', subjectType: 'agent', subjectId: 'x', changes: { actor_id: newId() } }),
    );
    expect((await log.list()).items).toMatchObject([{ actorType: 'USER', actorId: owner.userId }]);
    await expect(db.query(`select set_config('app.actor_id', :id, true)`, { id: newId() })).rejects.toMatchObject(denied);
  });

  it('inserted or changed by the role over all organizations, which may only delete', async () => {
    await write('agent.created');
    const forge = (text: string) => unrestricted((sql) => sql.execute(text, { orgId: owner.orgId }));
    await expect(
      forge(`insert into app.audit_log (org_id, id, actor_type, action) values (:orgId, gen_random_uuid(), 'SYSTEM', 'forged')`),
    ).rejects.toMatchObject(denied);
    await expect(forge(`update app.audit_log set action = 'forged' where org_id = :orgId`)).rejects.toMatchObject(denied);
    expect(await actions({})).toEqual(['agent.created']);
  });
});

describe('retention', () => {
  const count = async (orgId: string): Promise<number> => {
    const [row] = await world.sql<{ count: string }>('select count(*) from app.audit_log where org_id = $1', [orgId]);
    return Number(row?.count);
  };

  it('deletes what is older, of every organization and in batches, and nothing else', async () => {
    const other = await world.owner();
    await world.sql('delete from app.audit_log');
    await fill(owner.orgId, 48);
    await fill(other.orgId, 30);
    let batches = 0;
    const counted: RunBatch = (work) => {
      batches += 1;
      return unrestricted(work);
    };
    expect(await purgeAuditLog(counted, { retentionDays: 1, batchSize: 10 })).toBe(25 + 7);
    expect([await count(owner.orgId), await count(other.orgId)]).toEqual([23, 23]);
    expect(batches).toBe(1 + 4);
    expect(await purgeAuditLog(unrestricted, { retentionDays: 1 })).toBe(0);
  });

  it('of 0 days keeps everything, and a stopped one goes on the next time', async () => {
    await world.sql('delete from app.audit_log');
    await fill(owner.orgId, 48);
    expect(await purgeAuditLog(unrestricted, { retentionDays: 0 })).toBe(0);
    const stop = new AbortController();
    const stopping: RunBatch = async (work) => {
      const result = await unrestricted(work);
      if (!Array.isArray(result)) stop.abort();
      return result;
    };
    expect(await purgeAuditLog(stopping, { retentionDays: 1, batchSize: 10, signal: stop.signal })).toBe(10);
    expect(await purgeAuditLog(unrestricted, { retentionDays: 1, batchSize: 10 })).toBe(15);
  });
});
