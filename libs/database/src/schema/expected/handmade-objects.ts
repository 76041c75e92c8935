import type { ClientBase } from 'pg';
import { MIGRATION_TABLE } from '../../migrations/journal.js';

/** A trigger that a migration made by hand, with what makes it again. */
export interface HandmadeTriggerFacts {
  readonly table: string;
  readonly name: string;
  readonly statements: readonly string[];
}

/** What migrations make and entities only refer to, as statements that make the same again in an empty schema. */
export interface HandmadeObjects {
  /** Functions and sequences that column defaults, checks and triggers call. Before the tables, without checking function bodies. */
  readonly beforeTables: readonly string[];
  /** Functions whose signature or body is bound to tables. Before policies, which may call them. */
  readonly afterTables: readonly string[];
  /** Views, and who may read TypeORM's journal. */
  readonly last: readonly string[];
  /** Every trigger; which of them are no decorator's the entities say. */
  readonly triggers: readonly HandmadeTriggerFacts[];
}

/** `grant … on <kind> <name> to …` for everything that an access list gives to others than the owner. */
const grantsOf = (kind: string, name: string, acl: string, owner: string): string =>
  `array(select format('grant %s on ${kind} %s to %s%s', x.privilege_type, ${name}, case x.grantee when 0 then 'public' else x.grantee::regrole::text end,
     case when x.is_grantable then ' with grant option' else '' end)
   from aclexplode(${acl}) x where x.grantee <> ${owner} order by 1)`;

const commentOf = (kind: string, name: string, oid: string, catalogue: string): string =>
  `array(select format('comment on ${kind} %s is %L', ${name}, said) from obj_description(${oid}, '${catalogue}') said where said is not null)`;

const FUNCTIONS = `
  select exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.refclassid in ('pg_class'::regclass, 'pg_type'::regclass)
      and d.deptype = 'n' and (d.refclassid = 'pg_class'::regclass or exists (select from pg_type t where t.oid = d.refobjid and t.typrelid <> 0))) as bound,
    array[pg_get_functiondef(p.oid)]
      || case when p.proacl is null then '{}' else array[format('revoke all on %s %s from public', k.word, p.oid::regprocedure)] end
      || ${grantsOf("' || k.word || '", 'p.oid::regprocedure', 'p.proacl', 'p.proowner')}
      || ${commentOf("' || k.word || '", 'p.oid::regprocedure', 'p.oid', 'pg_proc')} as statements
  from pg_proc p cross join lateral (select case p.prokind when 'p' then 'procedure' else 'function' end as word) k
  where p.pronamespace = 'app'::regnamespace and p.prokind in ('f', 'p', 'w')
  order by p.oid`;

const SEQUENCES = `
  select array[format('create sequence %s as %s increment by %s minvalue %s maxvalue %s start with %s cache %s %s', c.oid::regclass, format_type(s.seqtypid, null),
      s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache, case when s.seqcycle then 'cycle' else 'no cycle' end)]
    || ${grantsOf('sequence', 'c.oid::regclass', 'c.relacl', 'c.relowner')}
    || ${commentOf('sequence', 'c.oid::regclass', 'c.oid', 'pg_class')} as statements
  from pg_sequence s join pg_class c on c.oid = s.seqrelid
  where c.relnamespace = 'app'::regnamespace
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refobjsubid > 0 and d.deptype in ('a', 'i'))
  order by c.oid`;

const VIEWS = `
  select array[format('create %s %s%s as %s', k.word, c.oid::regclass, ' with (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid))]
    || ${grantsOf('table', 'c.oid::regclass', 'c.relacl', 'c.relowner')}
    || ${commentOf("' || k.word || '", 'c.oid::regclass', 'c.oid', 'pg_class')} as statements
  from pg_class c cross join lateral (select case c.relkind when 'm' then 'materialized view' else 'view' end as word) k
  where c.relnamespace = 'app'::regnamespace and c.relkind in ('v', 'm')
  order by c.oid`;

const JOURNAL = `
  select ${grantsOf('table', 'c.oid::regclass', 'c.relacl', 'c.relowner')} || ${commentOf('table', 'c.oid::regclass', 'c.oid', 'pg_class')}
    || array(select format('comment on column %s.%I is %L', c.oid::regclass, a.attname, d.description) from pg_description d
         join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid where d.classoid = 'pg_class'::regclass and d.objoid = c.oid) as statements
  from pg_class c where c.relnamespace = 'app'::regnamespace and c.relname = '${MIGRATION_TABLE}'`;

const TRIGGERS = `
  select c.relname as table, g.tgname as name, array[pg_get_triggerdef(g.oid)]
    || case g.tgenabled when 'O' then '{}' else array[format('alter table %s %s trigger %I', c.oid::regclass,
         case g.tgenabled when 'D' then 'disable' when 'A' then 'enable always' else 'enable replica' end, g.tgname)] end
    || array(select format('comment on trigger %I on %s is %L', g.tgname, c.oid::regclass, d) from obj_description(g.oid, 'pg_trigger') d where d is not null) as statements
  from pg_trigger g join pg_class c on c.oid = g.tgrelid
  where c.relnamespace = 'app'::regnamespace and not g.tgisinternal
  order by 1, 2`;

interface Made {
  readonly statements: readonly string[];
}

/** Reads them from a database that the migrations made. @throws what PostgreSQL says */
export async function readHandmadeObjects(client: ClientBase): Promise<HandmadeObjects> {
  // Names are printed in full then.
  await client.query('set search_path to pg_catalog');
  const functions = (await client.query<Made & { bound: boolean }>(FUNCTIONS)).rows;
  const sequences = (await client.query<Made>(SEQUENCES)).rows;
  const views = (await client.query<Made>(VIEWS)).rows;
  const journal = (await client.query<Made>(JOURNAL)).rows;
  const { rows: triggers } = await client.query<HandmadeTriggerFacts>(TRIGGERS);
  const statementsOf = (made: readonly Made[]): string[] => made.flatMap(({ statements }) => statements);
  return {
    beforeTables: [...statementsOf(sequences), ...statementsOf(functions.filter(({ bound }) => !bound))],
    afterTables: statementsOf(functions.filter(({ bound }) => bound)),
    last: [...statementsOf(views), ...statementsOf(journal)],
    triggers,
  };
}
