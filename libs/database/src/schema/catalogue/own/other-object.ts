import { SCHEMA } from '../../../migrations/journal.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';

const READ = `
  with ours as (select oid from pg_catalog.pg_namespace where nspname = $1), found as (
    select d.classid, d.objid
    from pg_catalog.pg_depend d
    where d.refclassid = 'pg_namespace'::regclass and d.refobjid = (select oid from ours)
      and d.classid in ('pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass,
        'pg_ts_parser'::regclass, 'pg_ts_template'::regclass, 'pg_conversion'::regclass, 'pg_extension'::regclass)
    union
    select 'pg_type'::regclass, t.oid
    from pg_catalog.pg_type t
    where t.typnamespace = (select oid from ours) and (t.typtype = 'p' or (t.typtype = 'b' and t.typelem = 0))
    union
    select 'pg_class'::regclass, c.oid
    from pg_catalog.pg_class c
    where c.relnamespace = (select oid from ours) and c.relkind = 'f'
    union
    select 'pg_cast'::regclass, c.oid
    from pg_catalog.pg_cast c
    left join pg_catalog.pg_proc p on p.oid = c.castfunc
    join pg_catalog.pg_type s on s.oid = c.castsource
    join pg_catalog.pg_type t on t.oid = c.casttarget
    where (select oid from ours) in (p.pronamespace, s.typnamespace, t.typnamespace)
      and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_cast'::regclass and d.objid = c.oid and d.deptype in ('i', 'e'))
  )
  select i.type, i.identity
  from found f, pg_identify_object(f.classid, f.objid, 0) i
  where not exists (select from pg_catalog.pg_depend d where d.classid = f.classid and d.objid = f.objid and d.deptype = 'e')`;

/**
 * What else is in the schema, of kinds that the library detects and does not read: operators, casts, text search, base types,
 * extensions, and foreign tables, which belong to a server that is not ours. */
export const otherObject: OwnFactKind = {
  name: 'other-object',
  read: async (client) => {
    const { rows } = await client.query<{ type: string; identity: string }>(READ, [SCHEMA]);
    return rows.map(({ type, identity }) => ({
      key: keyOf('other-object', type, identity),
      kind: 'other-object',
      name: `${type} ${identity}`,
      parent: keyOf('schema', SCHEMA),
      attributes: { type },
    }));
  },
  repairs: {},
  findings: {
    'other-object.missing': { code: 'OBJECT_MISSING', driftClass: 'data', severity: 'error', explain: 'What uses this object fails.' },
    'other-object.extra': {
      code: 'OBJECT_EXTRA',
      driftClass: 'extra',
      severity: 'warning',
      explain: 'No migration makes this object. Operators and casts can change what a query does; nobody compares what it says.',
    },
  },
};
