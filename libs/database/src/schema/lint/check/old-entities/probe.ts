import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource, type DataSourceOptions, type EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/*
 * What an old replica does during a roll-out, by itself in a process of its own: it is compiled beside the entities of the merge base and
 * reads them, never those of this build. Each statement runs as the role that the entity grants it to, entered the way the old code
 * enters, and is rolled back. Reads its orders from stdin, answers on stdout; both JSON.
 */

/** What it is told. */
export interface ProbeOrder {
  /** URLs of one database; those of the services' logins, and app_owner's. */
  readonly urls: Readonly<Record<'login' | 'privileged' | 'queue' | 'owner', string>>;
  /** How the old code enters, with its parameters: `select app.enter_tenant($1::uuid, …)`. */
  readonly enter: Readonly<Record<'tenant' | 'auth' | 'admin', string>>;
}

/** What it answers: `app_tenant inserts into "note"` → `ok`, or the SQLSTATE with the constraint or column that it names. */
export type ProbeAnswer = Readonly<Record<string, string>>;

type Columns = true | readonly string[] | undefined;
interface OldTenancy {
  readonly grants: Readonly<Record<string, { readonly select?: Columns; readonly insert?: Columns; readonly update?: Columns; readonly delete?: true }>>;
}
interface OldModule {
  readonly entities: readonly (abstract new (...args: never[]) => object)[];
  readonly tenancyOf: (entity: never) => OldTenancy;
}

interface Visitor {
  readonly role: string;
  readonly url: keyof ProbeOrder['urls'];
  readonly enter?: { readonly text: string; readonly values: readonly unknown[] };
}

/** Both runs name the same values: an error that speaks of one is then the same error. */
const ORGANIZATION = '00000000-0000-7000-8000-000000000001';

const BY_TYPE: Readonly<Record<string, unknown>> = { uuid: ORGANIZATION, jsonb: '{}', inet: '127.0.0.1', boolean: true, character: 'EUR', char: 'EUR' };

const old = (await import(new URL('./entities/index.js', import.meta.url).href)) as OldModule;
const names = (await import(new URL('./entities/declare/naming-strategy.js', import.meta.url).href)) as {
  readonly PlinthNamingStrategy: new () => NonNullable<DataSourceOptions['namingStrategy']>;
};

const order = JSON.parse(await readAll()) as ProbeOrder;
process.stdout.write(JSON.stringify(await probe(order)));

async function probe({ urls, enter }: ProbeOrder): Promise<ProbeAnswer> {
  const source = await new DataSource({
    type: 'postgres',
    url: urls.owner,
    schema: 'app',
    entities: [...old.entities],
    namingStrategy: new names.PlinthNamingStrategy(),
    installExtensions: false,
  }).initialize();
  try {
    const answers: Record<string, string> = {};
    for (const visitor of visitors(enter)) {
      const client = new Client({ connectionString: urls[visitor.url], application_name: 'plinth-old-replica' });
      await client.connect();
      try {
        Object.assign(answers, await answersOf(client, visitor, source.entityMetadatas));
      } finally {
        await client.end();
      }
    }
    return answers;
  } finally {
    await source.destroy();
  }
}

function visitors(enter: ProbeOrder['enter']): Visitor[] {
  return [
    { role: 'app_owner', url: 'owner' },
    { role: 'app_tenant', url: 'login', enter: { text: enter.tenant, values: [ORGANIZATION, 'USER', randomUUID(), null, 0, 0, 0] } },
    { role: 'app_auth', url: 'privileged', enter: { text: enter.auth, values: [randomUUID(), null, 0, 0, 0] } },
    { role: 'app_admin', url: 'privileged', enter: { text: enter.admin, values: ['old replica', null, 0, 0, 0] } },
    { role: 'app_queue', url: 'queue' },
  ];
}

/** One transaction for all: each statement is taken back by itself, and what it cost in between is one message. */
async function answersOf(client: Client, { role, enter }: Visitor, tables: readonly EntityMetadata[]): Promise<ProbeAnswer> {
  await client.query('begin');
  const entered = enter === undefined ? 'ok' : await attempt(client, enter.text, enter.values);
  const answers: Record<string, string> = { [`${role} enters`]: entered };
  await client.query(entered === 'ok' ? 'savepoint s' : 'rollback; begin; savepoint s');
  for (const metadata of tables) {
    for (const [what, text, values] of statementsOf(metadata, role)) {
      answers[`${role} ${what}`] = entered === 'ok' ? await attempt(client, text, values) : entered;
      await client.query('rollback to savepoint s');
    }
  }
  await client.query('rollback');
  return answers;
}

/** `ok`, or what PostgreSQL answered; where a name is missing its words are part of it, since they alone say which. */
async function attempt(client: Client, text: string, values: readonly unknown[]): Promise<string> {
  try {
    await client.query(text, [...values]);
    return 'ok';
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const named = ['constraint', 'column'].map((field): unknown => Reflect.get(error, field));
    return [error.code, ...named, ...(error.code === '42703' || error.code === '42P01' ? [error.message] : [])]
      .filter((part) => typeof part === 'string')
      .join(' ');
  }
}

function statementsOf(metadata: EntityMetadata, role: string): [string, string, readonly unknown[]][] {
  const table = `app.${quote(metadata.tableName)}`;
  const grants: OldTenancy['grants'][string] | undefined =
    role === 'app_owner' ? { select: true, insert: true } : old.tenancyOf(metadata.target as never).grants[role];
  const read = columnsOf(metadata, grants?.select);
  const insert = columnsOf(metadata, grants?.insert).filter((column) => isNeeded(column) || (role !== 'app_tenant' && column.databaseName === 'org_id'));
  const change = columnsOf(metadata, grants?.update).filter(({ isPrimary, isUpdate }) => grants?.update !== true || (isUpdate && !isPrimary));
  const found: [string, string, readonly unknown[]][] = [];
  if (read.length > 0) found.push([`reads ${metadata.tableName}`, `select ${list(read)} from ${table} limit 1`, []]);
  if (insert.length > 0) {
    const places = insert.map((_, index) => `$${index + 1}`).join(', ');
    found.push([
      `inserts into ${metadata.tableName}`,
      `insert into ${table} (${list(insert)}) values (${places})`,
      insert.map((column) => valueFor(metadata, column)),
    ]);
  }
  for (const column of change)
    found.push([
      `updates ${metadata.tableName}.${column.databaseName}`,
      `update ${table} set ${quote(column.databaseName)} = ${quote(column.databaseName)}`,
      [],
    ]);
  return found;
}

function columnsOf({ columns }: EntityMetadata, granted: Columns): ColumnMetadata[] {
  if (granted === undefined) return [];
  return granted === true ? columns : columns.filter(({ databaseName }) => granted.includes(databaseName));
}

/** What an insert of the old code must say: the rest is null, or filled in by a default. */
function isNeeded({ isNullable, default: value, isGenerated }: ColumnMetadata): boolean {
  return !isNullable && value === undefined && !isGenerated;
}

function valueFor({ checks }: EntityMetadata, { databaseName, type, isArray }: ColumnMetadata): unknown {
  const allowed = checks
    .map(({ expression }) => new RegExp(`"${databaseName}" = any \\(array\\['([^']*)'`).exec(expression)?.[1])
    .find((value) => value !== undefined);
  if (allowed !== undefined) return allowed;
  if (isArray) return [];
  const kind = String(type);
  if (kind in BY_TYPE) return BY_TYPE[kind];
  if (/int|numeric|decimal/.test(kind)) return 1;
  return /time|date/.test(kind) ? '2026-01-01T00:00:00Z' : 'x';
}

function list(columns: readonly ColumnMetadata[]): string {
  return columns.map(({ databaseName }) => quote(databaseName)).join(', ');
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString();
}
