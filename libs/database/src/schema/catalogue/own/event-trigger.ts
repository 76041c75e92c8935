import { escapeIdentifier } from 'pg';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';

interface Row {
  readonly name: string;
  readonly event: string;
  readonly enabled: string;
  readonly function: string;
  readonly tags: string[];
  readonly owner: string;
}

const READ = `
  select e.evtname as name, e.evtevent as event, case e.evtenabled when 'D' then 'disabled' when 'R' then 'on replicas' when 'A' then 'always' else 'enabled' end as enabled,
    format('%I.%I', n.nspname, p.proname) as function, array(select t from unnest(e.evttags) t order by t) as tags, pg_get_userbyid(e.evtowner) as owner
  from pg_catalog.pg_event_trigger e
  join pg_catalog.pg_proc p on p.oid = e.evtfoid
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_event_trigger'::regclass and d.objid = e.oid and d.deptype = 'e')`;

/** Event triggers of the database: code that runs inside migrations and repairs. Those of extensions are the extension's. */
export const eventTrigger: OwnFactKind = {
  name: 'event-trigger',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ);
    return rows.map(({ name, ...attributes }) => ({ key: keyOf('eventTrigger', name), kind: 'eventTrigger', name, attributes }));
  },
  expected: () => [],
  repairs: {
    'eventTrigger.extra': ({ fact }) => [{ sql: `DROP EVENT TRIGGER ${escapeIdentifier(fact.name)}`, lock: 'NONE', as: 'administrator' }],
  },
  findings: {
    'eventTrigger.extra': {
      code: 'EVENT_TRIGGER_EXTRA',
      driftClass: 'security',
      severity: 'info',
      explain:
        'It runs inside every migration and repair, with the rights of who runs them, and can change or refuse what they do. Managed servers have some of their own.',
    },
  },
};
