import { DataSource } from 'typeorm';
import { createOwnerDataSourceOptions } from '../data-source-options.js';
import { withAdmin } from '../testing/admin.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { readColumns, type CatalogueColumn } from './testing/read-catalogue.js';

type ColumnMetadata = DataSource['entityMetadatas'][number]['columns'][number];

/** The types in use, as PostgreSQL prints them. */
const PRINTED: Readonly<Record<string, (column: ColumnMetadata) => string>> = {
  uuid: () => 'uuid',
  text: () => 'text',
  jsonb: () => 'jsonb',
  inet: () => 'inet',
  boolean: () => 'boolean',
  smallint: () => 'smallint',
  integer: () => 'integer',
  bigint: () => 'bigint',
  timestamptz: () => 'timestamp with time zone',
  varchar: ({ length }) => `character varying(${length})`,
  char: ({ length }) => `character(${length})`,
  decimal: ({ precision, scale }) => `numeric(${precision},${scale})`,
};

function expected(column: ColumnMetadata): CatalogueColumn {
  const printed = PRINTED[String(column.type)]?.(column) ?? `unknown ${String(column.type)}`;
  return {
    table: column.entityMetadata.tableName,
    column: column.databaseName,
    type: column.isArray ? `${printed}[]` : printed,
    required: !column.isNullable,
    default: plainDefault(column.default),
    identity: column.isGenerated,
  };
}

function plainDefault(value: ColumnMetadata['default']): string | null {
  if (typeof value === 'function') return value().replaceAll("'", '');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** 'ACTIVE'::character varying → ACTIVE */
function withoutCast(column: CatalogueColumn): CatalogueColumn {
  return { ...column, default: column.default?.replace(/^'?(.*?)'?::[\w\s[\]]+$/, '$1') ?? null };
}

/** By name: a column that came later stands last in the table, and beside its like in the entity. */
function columnsOf(columns: readonly CatalogueColumn[], table: string): CatalogueColumn[] {
  return columns.filter((row) => row.table === table).sort((left, right) => (left.column < right.column ? -1 : 1));
}

describe('the columns of the entities', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  it('are those of the catalogue: names, types, nullability, defaults', async () => {
    const source = await new DataSource(createOwnerDataSourceOptions(database.urls.owner)).initialize();
    const declared = source.entityMetadatas.flatMap((metadata) => metadata.columns.map(expected));
    await source.destroy();
    const actual = (await withAdmin(database.urls.admin, readColumns)).map(withoutCast);
    const tables = [...new Set([...declared, ...actual].map(({ table }) => table))];
    for (const table of tables) expect(columnsOf(actual, table)).toEqual(columnsOf(declared, table));
  });
});
