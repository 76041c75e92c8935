import { escapeIdentifier, escapeLiteral } from 'pg';
import type { EnvironmentKind } from '../../../config/environment.js';
import type { DoctorCheck } from '../check.js';
import { reachedLogins } from '../context.js';
import { ok, sql, type Diagnosis, type DiagnosisOutcome } from '../diagnosis.js';
import type { ReachedLogin } from '../logins/login.js';

interface Row {
  readonly name: string;
  readonly value: string;
  /** Where the session has it from: `default`, `configuration file`, `database`, `user`, `database user` … */
  readonly source: string;
}

interface ServerRule {
  readonly name: string;
  readonly wanted: string;
  readonly outcome: Exclude<DiagnosisOutcome, 'ok' | 'could-not-look'>;
  /** Only where it counts. */
  readonly only?: EnvironmentKind;
  /** Completes "is …, so that". */
  readonly because: string;
}

/** Settings that a session must begin with, whoever sets them. */
const RULES: readonly ServerRule[] = [
  { name: 'row_security', wanted: 'on', outcome: 'wrong', because: 'statements on guarded tables fail instead of being filtered' },
  { name: 'session_replication_role', wanted: 'origin', outcome: 'wrong', because: 'neither triggers nor foreign keys hold' },
  { name: 'default_transaction_read_only', wanted: 'off', outcome: 'wrong', because: 'nothing can be written' },
  {
    name: 'default_transaction_isolation',
    wanted: 'read committed',
    outcome: 'warning',
    because: 'statements fail by conflicts that nobody tries again (40001)',
  },
  { name: 'standard_conforming_strings', wanted: 'on', outcome: 'wrong', because: 'a backslash in a text ends it elsewhere than the driver thinks' },
  { name: 'synchronous_commit', wanted: 'on', outcome: 'warning', because: 'a crash can lose what was answered as written' },
  { name: 'fsync', wanted: 'on', outcome: 'wrong', only: 'production', because: 'a crash can destroy the database' },
  { name: 'full_page_writes', wanted: 'on', outcome: 'wrong', only: 'production', because: 'a crash can destroy pages' },
];

/** What a weak login may not read (shared_preload_libraries) is not in pg_settings for it. */
const SHOWN = [
  'wal_level',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'max_prepared_transactions',
  'shared_preload_libraries',
];

const READ = 'select name, setting as value, source from pg_catalog.pg_settings where name = any ($1)';
/** What keeps writes at least as safe on this machine. */
const AS_GOOD: Readonly<Record<string, readonly string[]>> = { synchronous_commit: ['remote_apply', 'remote_write', 'local'] };

/** Sessions begin as they must. What is only good to know is named. */
export const serverSettingsCheck: DoctorCheck = {
  name: 'server-settings',
  async look(context) {
    const logins = reachedLogins(context, 'login', 'privileged', 'queue', 'owner');
    const found = await Promise.all(logins.map((login) => of(login, context.kind)));
    return found.flat();
  },
};

async function of(login: ReachedLogin, kind: EnvironmentKind): Promise<Diagnosis[]> {
  const { rows } = await login.client.query<Row>(READ, [[...RULES.map(({ name }) => name), ...SHOWN]]);
  const breaches = RULES.filter(({ only }) => only === undefined || only === kind).flatMap((rule) => {
    const row = rows.find(({ name }) => name === rule.name);
    return row === undefined || row.value === rule.wanted || AS_GOOD[rule.name]?.includes(row.value) === true ? [] : [breach(login, rule, row)];
  });
  const shown = SHOWN.flatMap((name) => rows.filter((row) => row.name === name && row.value !== '' && row.value !== '0')).map(
    ({ name, value }) => `${name} ${value}`,
  );
  const said = ok(login.variable, shown.length === 0 ? 'as they must be' : `as they must be: ${shown.join(', ')}${clusterNote(rows)}`);
  return breaches.length > 0 ? breaches : [said];
}

function breach({ variable, facts }: ReachedLogin, { name, wanted, outcome, because }: ServerRule, { value, source }: Row): Diagnosis {
  const says = `Its sessions begin with ${name} = "${value}" (set by: ${source}), so that ${because}.`;
  return { subject: variable, outcome, says, mend: sql(facts.identity.name, statement(name, wanted, source, facts.identity.name, facts.role)) };
}

/** Takes it back where it was set. */
function statement(name: string, wanted: string, source: string, database: string, role: string): string {
  if (source === 'database') return `ALTER DATABASE ${escapeIdentifier(database)} RESET ${name}`;
  if (source === 'user') return `ALTER ROLE ${escapeIdentifier(role)} RESET ${name}`;
  if (source === 'database user') return `ALTER ROLE ${escapeIdentifier(role)} IN DATABASE ${escapeIdentifier(database)} RESET ${name}`;
  if (source === 'global') return `ALTER ROLE ALL RESET ${name}`;
  return `ALTER SYSTEM SET ${name} = ${escapeLiteral(wanted)};\nSELECT pg_reload_conf()`;
}

/** A sharded database commits on its machines in two phases. */
function clusterNote(rows: readonly Row[]): string {
  const value = (wanted: string): string => rows.find(({ name }) => name === wanted)?.value ?? '';
  return value('shared_preload_libraries').includes('citus') && value('max_prepared_transactions') === '0'
    ? '; citus needs max_prepared_transactions above 0'
    : '';
}
