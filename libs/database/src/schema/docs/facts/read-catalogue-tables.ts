import type { Client } from 'pg';
import { TABLES, type Of } from './documented-tables.js';
import { readAccess } from './read-access.js';
import type { CatalogueTable, ColumnFacts, IndexFacts, KeyFacts, ReferenceFacts, TriggerFacts } from './table-facts.js';

const HEADS = `select relname as name, coalesce(obj_description(oid, 'pg_class'), '') as comment,
    case when relforcerowsecurity and relrowsecurity then 'forced' when relrowsecurity then 'enabled' else 'off' end as "rowSecurity"
  from ${TABLES} order by relname collate "C"`;

const COLUMNS = `select relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
    pg_get_expr(d.adbin, d.adrelid) as default, a.attidentity <> '' as identity, coalesce(col_description(t.oid, a.attnum), '') as comment
  from ${TABLES} join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
  order by a.attnum`;

/** Names of the columns with these numbers of the relation, in their order. */
const columnNames = (numbers: string, relation: string): string =>
  `array(select a.attname::text from unnest(${numbers}) with ordinality n (num, place)
     join pg_attribute a on a.attrelid = ${relation} and a.attnum = n.num order by n.place)`;

// PostgreSQL 18 keeps NOT NULL as a constraint too: the column says it already.
const KEYS = `select relname as table, k.conname as name,
    case k.contype when 'p' then 'primary key' when 'u' then 'unique' when 'c' then 'check' else 'exclude' end as kind,
    ${columnNames('k.conkey', 't.oid')} as columns, pg_get_constraintdef(k.oid) as definition
  from ${TABLES} join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'c', 'x')
  order by position(k.contype::text in 'puxc'), k.conname collate "C"`;

const REFERENCES = `select relname as table, k.conname as name, ${columnNames('k.conkey', 't.oid')} as columns,
    (select relname from pg_class where oid = k.confrelid) as target, ${columnNames('k.confkey', 'k.confrelid')} as "targetColumns",
    case k.confdeltype when 'a' then 'NO ACTION' when 'r' then 'RESTRICT' when 'c' then 'CASCADE' when 'n' then 'SET NULL' else 'SET DEFAULT' end as "onDelete"
  from ${TABLES} join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
  order by k.conname collate "C"`;

const INDEXES = `select relname as table, i.indexrelid::regclass::text as name, i.indisunique as unique, pg_get_indexdef(i.indexrelid) as definition
  from ${TABLES} join pg_index i on i.indrelid = t.oid
  where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by i.indexrelid::regclass::text collate "C"`;

const TRIGGERS = `select relname as table, g.tgname as name, pg_get_triggerdef(g.oid) as definition
  from ${TABLES} join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
  order by g.tgname collate "C"`;

/**
 * What the catalogue says of the tables in `app`, in an order and spelling that is the same on PostgreSQL 15 to 18. Sets the session's
 * search_path, so that every name of ours is printed with its schema.
 */
export async function readCatalogueTables(client: Client): Promise<CatalogueTable[]> {
  await client.query('set search_path = pg_catalog');
  const rows = async <R extends object>(text: string): Promise<R[]> => (await client.query<R>(text)).rows;
  const heads = await rows<Pick<CatalogueTable, 'name' | 'comment' | 'rowSecurity'>>(HEADS);
  const columns = (await rows<Of<ColumnFacts>>(COLUMNS)).map((row) => ({ ...row, type: shortType(row.type), default: plainDefault(row.default) }));
  const keys = await rows<Of<KeyFacts>>(KEYS);
  const references = await rows<Of<ReferenceFacts>>(REFERENCES);
  const indexes = (await rows<Of<IndexFacts>>(INDEXES)).map((row) => ({ ...row, name: bareName(row.name), definition: indexTail(row.definition) }));
  const triggers = (await rows<Of<{ name: string; definition: string }>>(TRIGGERS)).map(triggerFacts);
  const { policies, grants } = await readAccess(client);
  return heads.map((head) => ({
    ...head,
    columns: of(head.name, columns),
    keys: of(head.name, keys),
    references: of(head.name, references),
    indexes: of(head.name, indexes),
    policies: of(head.name, policies),
    grants: of(head.name, grants),
    triggers: of(head.name, triggers),
  }));
}

function of<Facts extends object>(table: string, rows: readonly Of<Facts>[]): Facts[] {
  return rows.filter((row) => row.table === table);
}

const SHORT_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^character varying/, 'varchar'],
  [/^character(?=\()/, 'char'],
  [/^timestamp( ?\(\d\))? with time zone/, 'timestamptz$1'],
];

/** `character varying(255)` → `varchar(255)` */
export function shortType(type: string): string {
  return SHORT_TYPES.reduce((text, [long, short]) => text.replace(long, short), type);
}

/** `'READY'::character varying` → `'READY'` */
export function plainDefault(value: string | null): string | null {
  return value?.replace(/^('(?:[^']|'')*')::[\w\s."]+(\[\])?$/, '$1') ?? null;
}

function bareName(name: string): string {
  return name.replace(/^\w+\./, '');
}

/** What follows the table in `CREATE INDEX … ON app.x USING btree (…) …`. */
function indexTail(definition: string): string {
  return definition.replace(/^CREATE (UNIQUE )?INDEX .*? ON (ONLY )?\S+ USING (btree )?/, '');
}

function triggerFacts({ table, name, definition }: Of<{ name: string; definition: string }>): Of<TriggerFacts> {
  const [, moment = '', rest = '', call = ''] = / (BEFORE .*|AFTER .*|INSTEAD OF .*) ON \S+ (.*)EXECUTE FUNCTION (.*)$/.exec(definition) ?? [];
  return { table, name, when: `${moment} ${rest.replace('FOR EACH ROW', '')}`.replace(/\s+/g, ' ').trim().toLowerCase(), call };
}
