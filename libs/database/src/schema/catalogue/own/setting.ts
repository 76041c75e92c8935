import { escapeIdentifier, escapeLiteral } from 'pg';
import { ROLE_TABLE } from '../../../roles/role-table.js';
import { chosen } from '../../compare/finding-words.js';
import type { SchemaFact } from '../fact.js';
import { keyOf } from './keys.js';
import type { OwnFactKind, RepairStatement } from './own-fact-kind.js';
import { byAdministrator, split, textOf, whenChanged } from './repair.js';

interface Row {
  /** null: everybody */
  readonly role: string | null;
  /** null: in every database */
  readonly database: string | null;
  readonly settings: string[];
}

const READ = `
  select r.rolname as role, d.datname as database, s.setconfig as settings
  from pg_catalog.pg_db_role_setting s
  left join pg_catalog.pg_roles r on r.oid = s.setrole
  left join pg_catalog.pg_database d on d.oid = s.setdatabase
  where (s.setrole = 0 or r.rolname = any ($1)) and (s.setdatabase = 0 or d.datname = current_database())`;

const NAMES = ROLE_TABLE.map(({ name }) => name);
/** What a sharded database needs belongs to it. */
const CLUSTER = /^citus\./;

/** Settings that decide what is seen, who one is, or which code runs. */
const SECURITY =
  /^(app\..*|row_security|session_replication_role|search_path|role|session_authorization|.*_preload_libraries|dynamic_library_path|lo_compat_privileges|standard_conforming_strings|backslash_quote)$/;
/** Settings that decide whether writes are kept, and how values are read and written. */
const DATA =
  /^(synchronous_commit|zero_damaged_pages|ignore_checksum_failure|ignore_system_indexes|default_transaction_.*|timezone|datestyle|intervalstyle|client_encoding|lc_.*|bytea_output|extra_float_digits)$/;

const extra = chosen(
  {
    security: {
      code: 'SETTING_EXTRA',
      driftClass: 'security',
      severity: 'error',
      explain: 'Every new session starts with this setting, which decides what it sees, as whom, or which code runs. No bootstrap sets it.',
    },
    data: {
      code: 'SETTING_EXTRA',
      driftClass: 'data',
      severity: 'warning',
      explain: 'Every new session starts with this setting, which decides whether writes are kept or how values are read. No bootstrap sets it.',
    },
    other: {
      code: 'SETTING_EXTRA',
      driftClass: 'extra',
      severity: 'info',
      explain: 'Every new session starts with this setting. If somebody decided so, accept it; the services set what they need by themselves.',
    },
  },
  ({ fact }) => {
    const name = textOf(fact.attributes['setting']).toLowerCase();
    if (SECURITY.test(name)) return 'security';
    return DATA.test(name) ? 'data' : 'other';
  },
);

/**
 * Settings that sessions start with: of our roles, of this database, and of everybody (`ALTER ROLE ALL`). A login may change its own,
 * so that one injected statement can stay: they should be as roles/role-table.ts says, and no others.
 */
export const setting: OwnFactKind = {
  name: 'setting',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [NAMES]);
    return rows.flatMap(({ role, database, settings }) =>
      settings.map(split).flatMap(([name, value]) => (CLUSTER.test(name) ? [] : [factOf(role, database, name, value)])),
    );
  },
  expected: () => ROLE_TABLE.flatMap(({ name, searchPath }) => (searchPath === undefined ? [] : [factOf(name, null, 'search_path', searchPath)])),
  repairs: {
    'setting.missing': ({ fact }) => [set(fact, fact.attributes['value'])],
    'setting.value': whenChanged(({ fact, expected }) => [set(fact, expected)]),
    'setting.extra': ({ fact }) => [byAdministrator(`${subject(fact)} RESET ${nameOf(fact)}`)],
  },
  findings: {
    'setting.missing': {
      code: 'ROLE_SETTING_MISSING',
      driftClass: 'security',
      severity: 'error',
      explain: 'Sessions of the login look for unqualified names in other schemas, where others may make tables and functions.',
    },
    'setting.value': {
      code: 'ROLE_SETTING_CHANGED',
      driftClass: 'security',
      severity: 'error',
      explain: 'Sessions of the login look for unqualified names elsewhere than was decided.',
    },
    'setting.extra': extra,
  },
};

function factOf(role: string | null, database: string | null, name: string, value: string): SchemaFact {
  const who = role ?? (database === null ? 'every role' : 'the database');
  const where = role !== null && database !== null ? ' in this database' : '';
  return {
    key: keyOf('setting', role ?? 'ALL', database === null ? 'every database' : 'this database', name),
    kind: 'setting',
    name: `${name} of ${who}${where}`,
    attributes: { value, role, database, setting: name },
  };
}

function set(fact: SchemaFact, value: unknown): RepairStatement {
  return byAdministrator(`${subject(fact)} SET ${nameOf(fact)} TO ${escapeLiteral(String(value))}`);
}

/** `ALTER ROLE x`, `ALTER ROLE x IN DATABASE y`, `ALTER ROLE ALL` or `ALTER DATABASE y`. */
function subject({ attributes }: SchemaFact): string {
  const role = textOf(attributes['role']);
  const database = textOf(attributes['database']);
  const into = database === '' ? null : escapeIdentifier(database);
  if (role === '') return into === null ? 'ALTER ROLE ALL' : `ALTER DATABASE ${into}`;
  return `ALTER ROLE ${escapeIdentifier(role)}${into === null ? '' : ` IN DATABASE ${into}`}`;
}

/** A setting of an extension has a point in its name, which is not quoted. */
function nameOf({ attributes }: SchemaFact): string {
  return textOf(attributes['setting']).split('.').map(escapeIdentifier).join('.');
}
