import { withAdmin } from '../testing/admin.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { tableFactsOf } from './declare/table-facts.js';
import { tenancyOf, type EntityTarget, type TenancyClass } from './declare/tenancy.js';
import { entities } from './index.js';
import { readColumns, readKeys, type CatalogueColumn, type CatalogueKey } from './testing/read-catalogue.js';

/** Walked by the queue itself, which serves all organizations: the only indexes of tenants' tables that org_id does not lead. */
const QUEUE_INDEXES = ['ix_job_dead', 'ix_job_due', 'ix_job_lease', 'ix_job_line'];

describe('the rules of the data model hold in the catalogue', () => {
  let database: TestDatabase;
  let columns: CatalogueColumn[];
  let keys: CatalogueKey[];

  const classes = new Map<string, TenancyClass>(entities.map((entity: EntityTarget) => [tableFactsOf(entity).table, tenancyOf(entity).tenancyClass]));
  const tenantTables = [...classes].filter(([, tenancyClass]) => tenancyClass === 'T').map(([table]) => table);
  const isTenant = (table: string | null): boolean => table !== null && classes.get(table) === 'T';
  const ofKind = (...kinds: CatalogueKey['kind'][]): CatalogueKey[] => keys.filter((key) => kinds.includes(key.kind));

  beforeAll(async () => {
    database = await createTestDatabase();
    await withAdmin(database.urls.admin, async (admin) => {
      columns = await readColumns(admin);
      keys = await readKeys(admin);
    });
  });

  afterAll(() => database.drop());

  it('every table has created_at and updated_at', () => {
    const audit = columns.filter(({ column }) => column === 'created_at' || column === 'updated_at');
    expect(audit).toHaveLength(entities.length * 2);
    expect(audit.filter((column) => column.type !== 'timestamp with time zone' || !column.required || column.default !== 'now()')).toEqual([]);
  });

  it('org_id of a tenant table is a required uuid that the context fills in', () => {
    const found = columns.filter(({ table, column }) => isTenant(table) && column === 'org_id');
    expect(found.map(({ table }) => table).sort()).toEqual([...tenantTables].sort());
    expect(found.filter((column) => column.type !== 'uuid' || !column.required || column.default !== 'app.current_org_id()')).toEqual([]);
  });

  it('the primary key of a tenant table is (org_id, id), or org_id and what else names the row', () => {
    for (const { table, columns: key } of ofKind('p').filter(({ table }) => isTenant(table))) {
      const hasId = columns.some((column) => column.table === table && column.column === 'id');
      expect({ table, key: hasId ? key : key.slice(0, 1) }).toEqual({ table, key: hasId ? ['org_id', 'id'] : ['org_id'] });
    }
  });

  it('org_id leads every unique key and index of a tenant table, but those that the queue walks', () => {
    const others = ofKind('u', 'i', 'p').filter((key) => isTenant(key.table) && key.columns[0] !== 'org_id');
    expect(others.map(({ name }) => name)).toEqual(QUEUE_INDEXES);
  });

  it('a reference between tenant tables carries org_id, and never sets it to null', () => {
    const inside = ofKind('f').filter((key) => isTenant(key.table) && (isTenant(key.target) || key.target === 'organization_user'));
    expect(inside.length).toBeGreaterThan(20);
    expect(inside.filter((key) => key.columns[0] !== 'org_id' || key.columns.length !== 2 || key.onDelete === 'SET NULL')).toEqual([]);
  });

  it('every tenant table but the queue goes with its organization', () => {
    const bound = ofKind('f').filter((key) => key.target === 'organization' && key.columns.join() === 'org_id' && key.onDelete === 'CASCADE');
    expect(
      bound
        .filter(({ table }) => isTenant(table))
        .map(({ table }) => table)
        .sort(),
    ).toEqual(tenantTables.filter((table) => table !== 'job').sort());
  });

  it('what the documents name goes with its user, other memories of a user are cleared', () => {
    const toUser = ofKind('f').filter((key) => key.target === 'user');
    const cascading = toUser.filter((key) => key.onDelete === 'CASCADE').map((key) => `${key.table}.${key.columns.join()}`);
    expect(cascading.sort()).toEqual([
      'agent_repository.created_by',
      'input_request.responded_by',
      'one_time_token.user_id',
      'organization_user.user_id',
      'refresh_token.user_id',
      'run.created_by',
      'user_credential.user_id',
    ]);
    expect(toUser.filter((key) => key.onDelete !== 'CASCADE' && key.onDelete !== 'SET NULL')).toEqual([]);
  });

  it('every foreign key has an index, led by org_id on tenant tables', () => {
    const indexes = ofKind('p', 'u', 'i');
    const bare = ofKind('f').filter((key) => {
      const wanted = isTenant(key.table) && key.columns[0] !== 'org_id' ? ['org_id', ...key.columns] : key.columns;
      return !indexes.some((index) => index.table === key.table && wanted.every((column, place) => index.columns[place] === column));
    });
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('a serial key has a uid beside it, unique within the organization', () => {
    const serial = columns.filter(({ identity }) => identity).map(({ table }) => table);
    expect(serial).toEqual(['agent_repository', 'git_agent', 'git_credential', 'workflow_data']);
    const unique = ofKind('u')
      .filter((key) => key.columns.join() === 'org_id,uid')
      .map(({ table }) => table);
    expect(unique.sort()).toEqual(serial);
  });

  it('names say what they name', () => {
    const prefix = { p: 'pk_', u: 'uq_', f: 'fk_', i: 'ix_' };
    expect(keys.filter((key) => !key.name.startsWith(`${prefix[key.kind]}${key.table}`)).map(({ name }) => name)).toEqual([]);
  });

  it('no table has a generated column or a key made by the database, but serial ones', () => {
    expect(columns.filter((column) => /uuid\(/.test(column.default ?? ''))).toEqual([]);
  });
});
