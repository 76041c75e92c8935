import { SCHEMA } from '../../../migrations/journal.js';
import { chosen } from '../../compare/finding-words.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';

interface Row {
  readonly type: 'view' | 'materialized view' | 'rule' | 'function' | 'foreign key' | 'policy';
  readonly name: string;
  readonly owner: string;
  readonly reads: string[];
  readonly withOwnersRights: boolean;
}

const READ = `
  with ours as (
    select c.oid, c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f')
  ), uses as materialized (
    select d.classid, d.objid, array_agg(distinct o.relname::text order by o.relname::text) as reads
    from ours o
    join pg_catalog.pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = o.oid
    where d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass, 'pg_constraint'::regclass, 'pg_policy'::regclass)
    group by 1, 2
  )
  select case when r.rulename <> '_RETURN' then 'rule' when c.relkind = 'm' then 'materialized view' else 'view' end as type,
    c.oid::regclass::text as name, pg_get_userbyid(c.relowner) as owner, u.reads,
    c.relkind = 'm' or not coalesce((select bool_or(split_part(o, '=', 2)::bool) from unnest(c.reloptions) o where o like 'security_invoker=%'), false) as "withOwnersRights"
  from uses u
  join pg_catalog.pg_rewrite r on u.classid = 'pg_rewrite'::regclass and r.oid = u.objid
  join pg_catalog.pg_class c on c.oid = r.ev_class
  where c.oid not in (select oid from ours)
  union all
  select 'function', p.oid::regprocedure::text, pg_get_userbyid(p.proowner), coalesce(u.reads, array['named in its text']), p.prosecdef
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  left join uses u on u.classid = 'pg_proc'::regclass and u.objid = p.oid
  where n.nspname not in ($1, 'pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
    and (u.objid is not null or (p.prosecdef and p.prosrc ~ ('\\m"?' || $1 || '"?\\s*\\.')))
  union all
  select case u.classid when 'pg_policy'::regclass then 'policy' else 'foreign key' end,
    format('%s of %s', coalesce(con.conname, pol.polname), c.oid::regclass), pg_get_userbyid(c.relowner), u.reads, false
  from uses u
  left join pg_catalog.pg_constraint con on u.classid = 'pg_constraint'::regclass and con.oid = u.objid
  left join pg_catalog.pg_policy pol on u.classid = 'pg_policy'::regclass and pol.oid = u.objid
  join pg_catalog.pg_class c on c.oid = coalesce(con.conrelid, pol.polrelid)
  where c.oid not in (select oid from ours)`;

const OUTSIDE = { code: 'OUTSIDE_READER', driftClass: 'security' } as const;

const words = chosen(
  {
    foreignKey: {
      code: 'OUTSIDE_FOREIGN_KEY',
      driftClass: 'data',
      severity: 'warning',
      explain: 'A table outside the schema points at this one: its rows can keep ours from being changed or deleted, and show that they exist.',
    },
    copy: {
      ...OUTSIDE,
      severity: 'error',
      explain: 'It keeps a copy of rows of the schema, which no policy guards. Drop it, or take its grants away.',
    },
    withOwnersRights: {
      ...OUTSIDE,
      severity: 'error',
      explain:
        'It reads tables of the schema with its owner’s rights: whoever may use it can see rows of every tenant. Drop it, or make it run with the caller’s rights.',
    },
    withCallersRights: {
      ...OUTSIDE,
      severity: 'info',
      explain: 'It reads tables of the schema, with the caller’s rights. A migration that changes those tables can fail because of it.',
    },
  },
  ({ fact: { attributes } }) => {
    if (attributes['type'] === 'foreign key') return 'foreignKey';
    if (attributes['type'] === 'materialized view') return 'copy';
    return attributes['withOwnersRights'] === true ? 'withOwnersRights' : 'withCallersRights';
  },
);

/**
 * What lies outside the schema and reads its tables: views, functions, foreign keys, policies. The library compares the schema only.
 * Of functions whose body is text PostgreSQL knows nothing: those that run with their owner's rights and name the schema are listed.
 */
export const outsideReader: OwnFactKind = {
  name: 'outside-reader',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map(({ name, ...attributes }) => ({ key: keyOf('outside-reader', attributes.type, name), kind: 'outside-reader', name, attributes }));
  },
  expected: () => [],
  repairs: {},
  findings: { 'outside-reader.extra': words },
};
