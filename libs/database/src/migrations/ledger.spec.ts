import { Client } from 'pg';
import { connectionOptions } from '../config/connection-url.js';
import { LEDGER_KINDS } from '../entities/platform/schema-ledger.entity.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { recordInLedger, whoAmI, type LedgerKind } from './ledger.js';

describe('the ledger of the schema', () => {
  let database: TestDatabase;
  let owner: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client(connectionOptions(database.urls.owner));
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  const entry = { who: whoAmI(), version: 'Initial1795216500000', sql: 'select 1', outcome: 'completed' } as const;

  it.each(LEDGER_KINDS)('takes an entry of the kind %s from the owner', async (kind: LedgerKind) => {
    const id = await recordInLedger(owner, { ...entry, kind, details: { tables: 2 } });
    const { rows } = await owner.query('select kind, who, version, sql, outcome, details from app.schema_ledger where id = $1', [id]);
    expect(rows).toEqual([{ ...entry, kind, details: { tables: 2 } }]);
  });

  it('cuts what is too long for its column, and goes with the transaction it is in', async () => {
    await owner.query('begin');
    const id = await recordInLedger(owner, { ...entry, kind: 'FIX', who: 'w'.repeat(300), outcome: 'o'.repeat(300) });
    await owner.query('rollback');
    expect((await owner.query('select 1 from app.schema_ledger where id = $1', [id])).rows).toEqual([]);
  });

  it('has an entry for each migration that ran after it was made, with its statements', async () => {
    const { rows } = await owner.query<{ migration: string; sql: string }>(
      "select details ->> 'migration' as migration, sql from app.schema_ledger where kind = 'MIGRATE'",
    );
    expect(rows.map(({ migration }) => migration)).toContain('SchemaTools1795272000000');
    expect(rows.find(({ migration }) => migration === 'SchemaTools1795272000000')?.sql).toContain('create table app.migration_run');
  });

  it('is closed to everybody but the owner', async () => {
    const login = new Client(connectionOptions(database.urls.login));
    await login.connect();
    await expect(recordInLedger(login, { ...entry, kind: 'FIX' })).rejects.toMatchObject({ code: '42501' });
    await login.end();
  });
});
