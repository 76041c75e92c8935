import {
  Agent,
  AgentRepository,
  GitAgent,
  Organization,
  OrganizationUser,
  Permission,
  RefreshToken,
  Role,
  RolePermission,
  Task,
  User,
  WorkflowData,
} from '../../entities/index.js';
import { isUuid, newId } from '../../ids.js';
import { withAdmin } from '../../testing/admin.js';
import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../../testing/test-database.js';
import type { Database } from '../database.js';
import type { TenantConnection } from '../tenant-connection.js';
import {
  InvalidCursorError,
  InvalidLimitError,
  PropertyRefusedError,
  RowNotFoundError,
  UnboundedWriteError,
  UnknownPropertyError,
  UnscopedEntityError,
} from './errors.js';
import type { InsertValues, Where } from './types.js';

let test: TestDatabase;
let database: Database;
let ours: TestOrganization;
let theirs: TestOrganization;
let mine: TenantConnection;
let other: TenantConnection;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await test.open();
  ours = await createOrganization(test);
  theirs = await createOrganization(test);
  mine = database.tenant(ours.orgId, { actorType: 'USER', actorId: ours.userId });
  other = database.tenant(theirs.orgId);
});
afterEach(() =>
  withAdmin(test.urls.admin, (admin) =>
    admin.query('delete from app.task; delete from app.git_agent; delete from app.agent_repository; delete from app.agent'),
  ),
);
afterAll(() => test.drop());

const names = (rows: readonly { name: string }[]): string[] => rows.map(({ name }) => name);

describe('inserting', () => {
  it('fills in the organization, the id and the defaults, and returns the row as it stands', async () => {
    const agent = await mine.repository(Agent).insert({ name: 'one', parameters: { temperature: 0.5 }, tools: ['a', 'b"c'] });
    expect(agent).toBeInstanceOf(Agent);
    expect(agent).toMatchObject({ orgId: ours.orgId, name: 'one', parameters: { temperature: 0.5 }, tools: ['a', 'b"c'], isActive: true, version: 1 });
    expect(isUuid(agent.id)).toBe(true);
    expect(agent.createdAt).toBeInstanceOf(Date);
  });

  it('makes the public id of rows with a serial key, which stays a text', async () => {
    const repository = await mine.repository(AgentRepository).insert({ name: 'r', gitUrl: 'https://example.test/r.git', branch: 'main', isRoot: true });
    expect(repository.id).toMatch(/^\d+$/);
    expect(isUuid(repository.uid)).toBe(true);
  });

  it('inserts many rows at once, each leaving out what it likes', async () => {
    const rows = await mine.repository(Agent).insert([{ name: 'a', description: 'x' }, { name: 'b' }, { name: 'c', description: null, isActive: false }]);
    expect(rows.map(({ name, description, isActive }) => [name, description, isActive])).toEqual([
      ['a', 'x', true],
      ['b', null, true],
      ['c', null, false],
    ]);
    expect(await mine.repository(Agent).insert([])).toEqual([]);
  });

  it('inserts more rows than one statement has parameters for', async () => {
    const values = Array.from({ length: 20_000 }, (_, index) => ({ name: `a${index}`, description: 'x', model: 'm' }));
    expect(await mine.repository(Agent).insert(values)).toHaveLength(20_000);
    expect(await mine.repository(Agent).count()).toBe(20_000);
  });

  it('refuses another organization and unknown properties by name', async () => {
    await expect(mine.repository(Agent).insert({ name: 'x', orgId: theirs.orgId })).rejects.toThrow('"Agent.orgId" is refused');
    const wrong = { name: 'x', naem: 'y' };
    await expect(mine.repository(Agent).insert(wrong)).rejects.toThrow(new UnknownPropertyError('Agent', 'naem').message);
  });
});

describe('finding', () => {
  beforeEach(async () => {
    await mine.repository(Agent).insert([
      { name: 'a', description: 'x', tools: ['git', 'web'], parameters: { gt: 1 } },
      { name: 'b', tools: ['git'], isActive: false },
      { name: 'c', description: 'z', parameters: { deep: { list: [1] } } },
    ]);
    await other.repository(Agent).insert({ name: 'a' });
  });

  const found = async (where: Where<Agent>): Promise<string[]> => names(await mine.repository(Agent).find({ where, order: { name: 'asc' } }));

  it.each<[string, Where<Agent>, string[]]>([
    ['everything', {}, ['a', 'b', 'c']],
    ['equality', { name: 'a' }, ['a']],
    ['null', { description: null }, ['b']],
    ['not null', { description: { isNull: false } }, ['a', 'c']],
    ['one of a list', { name: ['a', 'c', 'nobody'] }, ['a', 'c']],
    ['an empty list', { name: [] }, []],
    ['in', { name: { in: ['b'] } }, ['b']],
    ['not equal, where null counts as different', { description: { ne: 'x' } }, ['b', 'c']],
    ['ne null', { description: { ne: null } }, ['a', 'c']],
    ['a range', { name: { gt: 'a', lte: 'c' } }, ['b', 'c']],
    ['a range of times', { createdAt: { gte: new Date(0), lt: new Date('2100-01-01') } }, ['a', 'b', 'c']],
    ['an array that contains', { tools: { contains: ['git'] } }, ['a', 'b']],
    ['an equal array', { tools: ['git', 'web'] }, ['a']],
    ['an equal json', { parameters: { deep: { list: [1] } } }, ['c']],
    ['several at once', { isActive: true, description: 'z' }, ['c']],
  ])('by %s', async (_, where, expected) => {
    expect(await found(where)).toEqual(expected);
  });

  it('orders, limits and selects', async () => {
    expect(names(await mine.repository(Agent).find({ order: { description: 'desc', name: 'asc' } }))).toEqual(['b', 'c', 'a']);
    expect(names(await mine.repository(Agent).find({ order: { name: 'desc' }, limit: 2 }))).toEqual(['c', 'b']);
    const [row] = await mine.repository(Agent).find({ where: { name: 'a' }, select: ['name', 'tools'] });
    expect(row).toEqual(Object.assign(new Agent(), { name: 'a', tools: ['git', 'web'] }));
  });

  it('counts and looks', async () => {
    expect(await mine.repository(Agent).count()).toBe(3);
    expect(await mine.repository(Agent).count({ isActive: false })).toBe(1);
    expect(await mine.repository(Agent).exists({ name: 'b' })).toBe(true);
    expect(await mine.repository(Agent).exists({ name: 'nobody' })).toBe(false);
    expect(await mine.repository(Agent).findOne({ name: 'nobody' })).toBeNull();
  });

  it("answers for another organization's id as for one that never was", async () => {
    const [foreign] = await other.repository(Agent).find();
    const id = newId();
    const answer = async (asked: string): Promise<unknown> =>
      mine
        .repository(Agent)
        .get(asked)
        .catch((error: unknown) => error);
    expect(await mine.repository(Agent).findById(foreign?.id ?? '')).toBeNull();
    const errors = await Promise.all([answer(foreign?.id ?? ''), answer(id)]);
    expect(errors).toEqual([expect.any(RowNotFoundError), expect.any(RowNotFoundError)]);
    expect(String(errors[0]).replace(foreign?.id ?? '', '')).toBe(String(errors[1]).replace(id, ''));
  });

  it('refuses what would mean something else than it says', async () => {
    const wrong: Record<string, unknown>[] = [
      { naem: 'x' },
      { name: undefined },
      { name: { like: 'x' } },
      { name: { gt: null } },
      { name: { gt: undefined } },
      { name: { contains: ['x'] } },
    ];
    for (const where of wrong) await expect(mine.repository(Agent).find({ where })).rejects.toMatchObject({ family: 'bug' });
    await expect(mine.repository(Agent).find({ limit: 0 })).rejects.toThrow(InvalidLimitError);
    await expect(mine.repository(Agent).find({ limit: 1.5 })).rejects.toThrow(InvalidLimitError);
    const order: Record<string, 'asc'> = { 'name; drop table': 'asc' };
    await expect(mine.repository(Agent).find({ order })).rejects.toThrow(UnknownPropertyError);
  });
});

describe('updating and deleting', () => {
  beforeEach(async () => {
    await mine.repository(Agent).insert([{ name: 'a' }, { name: 'b' }]);
    await other.repository(Agent).insert({ name: 'a' });
  });

  it('touches the rows that match, in the organization only', async () => {
    expect(await mine.repository(Agent).update({ name: 'a' }, { description: 'new', parameters: {}, tools: undefined })).toBe(1);
    expect(await mine.repository(Agent).updateReturning({ name: ['a', 'b'] }, { isActive: false })).toMatchObject([{ isActive: false }, { isActive: false }]);
    expect(await mine.repository(Agent).delete({ name: 'a' })).toBe(1);
    expect(names(await mine.repository(Agent).find())).toEqual(['b']);
    expect(await other.repository(Agent).find()).toMatchObject([{ name: 'a', description: null, isActive: true }]);
  });

  it('refuses to write every row by accident', async () => {
    await expect(mine.repository(Agent).update({}, { description: 'x' })).rejects.toThrow(UnboundedWriteError);
    await expect(mine.repository(Agent).delete({})).rejects.toThrow(UnboundedWriteError);
    await expect(mine.repository(Agent).delete({ name: undefined })).rejects.toThrow(PropertyRefusedError);
    expect(await mine.repository(Agent).update({ all: true }, { description: 'x' })).toBe(2);
    expect(await mine.repository(Agent).delete({ all: true })).toBe(2);
    expect(await other.repository(Agent).count()).toBe(1);
  });

  it('never changes keys, the organization, or what the database sets', async () => {
    for (const set of [{ id: newId() }, { orgId: theirs.orgId }, { createdAt: new Date() }, { version: 9 }]) {
      await expect(mine.repository(Agent).update({ name: 'a' }, set)).rejects.toThrow(PropertyRefusedError);
    }
    await expect(mine.repository(Agent).update({ name: 'a' }, {})).rejects.toThrow('at least one property');
    await expect(mine.repository(Agent).update({ name: 'a' }, { description: undefined })).rejects.toThrow('at least one property');
  });
});

describe('upserting', () => {
  it('inserts what is new and overwrites what is there', async () => {
    const { id: agentRepositoryId } = await mine
      .repository(AgentRepository)
      .insert({ name: 'r', gitUrl: 'https://example.test/r.git', branch: 'main', isRoot: true });
    const file = (filePath: string, contentHash: string): InsertValues<GitAgent> => ({
      agentRepositoryId,
      name: filePath,
      filePath,
      contentHash,
      frontmatter: { of: filePath },
      tags: [contentHash],
    });
    const [before] = await mine.repository(GitAgent).upsert([file('a.md', '1')], { conflict: ['agentRepositoryId', 'filePath'] });
    const after = await mine.repository(GitAgent).upsert([file('a.md', '2'), file('b.md', '3')], { conflict: ['agentRepositoryId', 'filePath'] });
    expect(after).toMatchObject([
      { id: before?.id, uid: before?.uid, contentHash: '2', tags: ['2'] },
      { filePath: 'b.md', frontmatter: { of: 'b.md' } },
    ]);
    const [partly] = await mine.repository(GitAgent).upsert([file('a.md', '9')], { conflict: ['agentRepositoryId', 'filePath'], update: ['tags'] });
    expect(partly).toMatchObject({ contentHash: '2', tags: ['9'] });
    expect(await mine.repository(GitAgent).upsert([file('a.md', '9')], { conflict: ['agentRepositoryId', 'filePath'], update: [] })).toEqual([]);
    await expect(mine.repository(GitAgent).upsert([file('a.md', '9')], { conflict: ['filePath'], update: ['uid'] })).rejects.toThrow(PropertyRefusedError);
  });
});

describe('paging', () => {
  const at = new Date('2026-01-01T00:00:00Z');

  beforeEach(async () => {
    await mine
      .repository(Agent)
      .insert(Array.from({ length: 11 }, (_, index) => ({ name: `agent ${index}`, description: index % 3 === 0 ? null : `group ${index % 3}`, model: 'm' })));
    await withAdmin(test.urls.admin, (admin) =>
      admin.query(`update app.agent set created_at = $1::timestamptz + (substr(name, 7)::int / 4) * interval '1 microsecond'`, [at]),
    );
  });

  it.each([
    [{ createdAt: 'desc' }],
    [{ createdAt: 'asc' }],
    [{ description: 'asc' }],
    [{ description: 'desc' }],
    [{ description: 'asc', createdAt: 'desc' }],
    [{ createdAt: 'desc', name: 'asc' }],
    [{ isActive: 'asc', version: 'desc' }],
    [{}],
  ] as const)('shows every row once, in order %j', async (order) => {
    const all = await mine.repository(Agent).paginate({ order, limit: 1000 });
    expect(all.nextCursor).toBeNull();
    expect(all.items).toHaveLength(11);
    for (const limit of [1, 3, 11]) {
      const seen: Agent[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: Agent[]; nextCursor: string | null } = await mine.repository(Agent).paginate({ order, limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(names(seen)).toEqual(names(all.items));
    }
  });

  it('gives rows without the columns it pages by', async () => {
    const {
      items: [first],
    } = await mine.repository(Agent).paginate({ limit: 1 });
    expect(Object.keys(first ?? {}).filter((key) => key.startsWith('position'))).toEqual([]);
  });

  it('takes no cursor but its own', async () => {
    const { nextCursor } = await mine.repository(Agent).paginate({ order: { name: 'asc' }, limit: 1 });
    const cursors = [
      '',
      'x',
      '%%%',
      'bnVsbA',
      Buffer.from('[]').toString('base64url'),
      `${nextCursor ?? ''}x`,
      Buffer.from('["a","b","c"]').toString('base64url'),
      'a'.repeat(5_000),
    ];
    for (const cursor of cursors)
      await expect(mine.repository(Agent).paginate({ order: { name: 'asc' }, limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
    await expect(mine.repository(Agent).paginate({ order: { name: 'desc' }, limit: 1, cursor: nextCursor })).rejects.toThrow(InvalidCursorError);
    await expect(mine.repository(Task).paginate({ limit: 1, cursor: nextCursor })).rejects.toThrow(InvalidCursorError);
    const parts: unknown = JSON.parse(Buffer.from((await mine.repository(Agent).paginate({ limit: 1 })).nextCursor ?? '', 'base64url').toString());
    const [list] = Array.isArray(parts) ? (parts as unknown[]) : [];
    for (const id of ['not a uuid', null, 5, {}]) {
      const forged = Buffer.from(JSON.stringify([list, id])).toString('base64url');
      await expect(mine.repository(Agent).paginate({ limit: 1, cursor: forged })).rejects.toThrow(InvalidCursorError);
    }
    await expect(mine.repository(Agent).paginate({ limit: 1_001 })).rejects.toThrow(InvalidLimitError);
  });

  it('shows another organization nothing of its position', async () => {
    const { nextCursor } = await mine.repository(Agent).paginate({ order: { name: 'asc' }, limit: 1 });
    expect(await other.repository(Agent).paginate({ order: { name: 'asc' }, limit: 1, cursor: nextCursor })).toEqual({ items: [], nextCursor: null });
  });
});

describe('entities of every class', () => {
  it('names the organization in every statement of a class T entity', async () => {
    const statements = await statementsOf(async () => {
      const agents = mine.repository(Agent);
      await agents.find();
      await agents.count();
      await agents.exists({ name: 'x' });
      await agents.paginate({ limit: 1 });
      await agents.update({ name: 'x' }, { description: 'y' });
      await agents.insert({ name: 'y' });
      await agents.upsert([{ name: 'y' }], { conflict: ['name'] });
      await agents.delete({ name: 'x' });
    });
    expect(statements.length).toBeGreaterThanOrEqual(8);
    for (const text of statements) expect(text).toMatch(/"org_id" = \$1|\("org_id", /);
  });

  it('knows the organization itself, and its members', async () => {
    expect(await mine.repository(Organization).find()).toMatchObject([{ id: ours.orgId, slug: ours.slug }]);
    expect(await mine.repository(Organization).update({ id: ours.orgId }, { name: 'New' })).toBe(1);
    expect(await mine.repository(Organization).update({ id: theirs.orgId }, { name: 'New' })).toBe(0);
    expect(await mine.repository(OrganizationUser).find()).toMatchObject([{ orgId: ours.orgId, userId: ours.userId, role: 'OWNER' }]);
  });

  it('reads global tables as far as the policies show them', async () => {
    expect(await mine.repository(User).find()).toMatchObject([{ id: ours.userId }]);
    expect(await mine.repository(Permission).count()).toEqual(expect.any(Number));
  });

  it('works without an id of one column', async () => {
    const role = await mine.repository(Role).insert({ name: 'r', isSystem: false });
    expect(await mine.repository(RolePermission).find({ where: { roleId: role.id } })).toEqual([]);
    await expect(mine.repository(RolePermission).get('x')).rejects.toThrow(PropertyRefusedError);
    await mine.repository(Role).delete({ id: role.id });
  });

  it('leaves to the grants what the tenant may not do', async () => {
    await expect(mine.repository(WorkflowData).delete({ all: true })).rejects.toMatchObject({ code: '42501' });
  });

  it("has no repository of the system's own tables, nor of classes that are no entities", () => {
    class Stranger {}
    expect(() => mine.repository(RefreshToken)).toThrow(UnscopedEntityError);
    expect(() => mine.repository(Stranger)).toThrow(UnscopedEntityError);
  });
});

/** The statements on agents that are prepared on the one connection which `work` used. */
async function statementsOf(work: () => Promise<void>): Promise<string[]> {
  await work();
  const prepared = await database.pools[0]?.withClient((client) =>
    client.query<{ statement: string }>(`select statement from pg_prepared_statements where statement like '%"app"."agent"%'`),
  );
  return (prepared?.rows ?? []).map(({ statement }) => statement);
}
