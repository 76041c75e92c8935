import { escapeIdentifier } from 'pg';
import { ROLE_TABLE } from '../../../roles/role-table.js';
import type { SchemaFact } from '../fact.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { byAdministrator, textOf } from './repair.js';

interface Row {
  readonly door: string;
  readonly signature: string;
  readonly role: string;
  readonly withheld: boolean;
}

/** The same doors as roles/schema-steps.ts closes, and who keeps the key. */
const READ = `
  with door (door, names, callers) as (values
    ('set_config', '^set_config$', array['app_owner']),
    ('large objects', '^(lo_.*|loread|lowrite)$', array[]::text[]),
    ('advisory locks', '^pg_(try_)?advisory_', array['app_owner', 'app_queue'])
  ), built_in as materialized (
    select p.oid, d.door, d.callers, p.proowner, p.proacl, bool_or(p.proacl is not null and i.objoid is null) over (partition by d.door) as touched,
      format('pg_catalog.%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) as signature
    from pg_catalog.pg_proc p
    join door d on p.proname ~ d.names
    left join pg_catalog.pg_init_privs i on i.classoid = 'pg_proc'::regclass and i.objoid = p.oid
    where p.pronamespace = 'pg_catalog'::regnamespace
      and (p.proname = 'set_config' or p.proname like 'lo%' or p.proname like 'pg\\_%advisory\\_%')
  )
  select b.door, b.signature, coalesce(r.rolname, 'PUBLIC') as role, false as withheld
  from built_in b, aclexplode(coalesce(b.proacl, acldefault('f', b.proowner))) a
  left join pg_catalog.pg_roles r on r.oid = a.grantee
  where b.touched and a.privilege_type = 'EXECUTE' and (a.grantee = 0 or (r.rolname = any ($1) and not r.rolname = any (b.callers)))
  union all
  select b.door, b.signature, r.rolname, true
  from built_in b
  join pg_catalog.pg_roles r on r.rolname = any (b.callers)
  where b.touched and not has_function_privilege(r.oid, b.oid, 'EXECUTE')`;

const NAMES = ROLE_TABLE.map(({ name }) => name);

/**
 * Built-in functions by which a statement could name another organization or reach what knows none: a bootstrap by a superuser closes
 * them to PUBLIC. A server without one for us leaves them open, which the catalogue tells: the grants of a door that was never closed
 * have never been written since initdb. Only a door that was closed once can be found open.
 */
export const openedFunction: OwnFactKind = {
  name: 'opened-function',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [NAMES]);
    return rows.map(factOf);
  },
  expected: () => [],
  repairs: {
    'opened-function.extra': ({ fact }) => [change(fact, 'REVOKE', 'FROM')],
    'withheld-function.extra': ({ fact }) => [change(fact, 'GRANT', 'TO')],
  },
  findings: {
    'opened-function.extra': {
      code: 'BUILT_IN_FUNCTION_OPEN',
      driftClass: 'security',
      severity: 'error',
      explain: 'The bootstrap closed this function and it is open again: with it one statement can name another organization, or reach what knows none.',
    },
    'withheld-function.extra': {
      code: 'BUILT_IN_FUNCTION_WITHHELD',
      driftClass: 'performance',
      severity: 'error',
      explain: 'The login needs this function and may not call it: migrations or the queue fail.',
    },
  },
};

function factOf({ door, signature, role, withheld }: Row): SchemaFact {
  const kind = withheld ? 'withheld-function' : 'opened-function';
  return { key: keyOf(kind, signature, role), kind, name: `${signature} to ${role}`, attributes: { door, signature, role } };
}

function change({ attributes }: SchemaFact, verb: string, link: string): ReturnType<typeof byAdministrator> {
  const name = textOf(attributes['role']);
  const role = name === 'PUBLIC' ? name : escapeIdentifier(name);
  return byAdministrator(`${verb} EXECUTE ON FUNCTION ${textOf(attributes['signature'])} ${link} ${role}`);
}
