/** squawk's rules that are asked (squawk 2.61.0). Its names, all of which `squawk --exclude` knows. */
export const SQUAWK_RULES: readonly string[] = [
  'adding-serial-primary-key-field',
  'ban-alter-domain-with-add-constraint',
  'ban-concurrent-index-creation-in-transaction',
  'ban-create-domain-with-constraint',
  'ban-drop-column',
  'ban-drop-database',
  'ban-drop-not-null',
  'ban-drop-table',
  'ban-truncate-cascade',
  'ban-uncommitted-transaction',
  'identifier-too-long',
  'prefer-identity',
  'prefer-repack',
  'prefer-timestamp-tz',
  'renaming-column',
  'renaming-table',
  'require-concurrent-partition-detach',
  'require-concurrent-reindex',
  'require-table-schema',
  'transaction-nesting',
];

/** Those that squawk asks only when it is told to. */
export const OPT_IN: readonly string[] = ['require-table-schema'];

/** squawk's rules that are not asked, and why. docs/schema-rules/README.md shows this table. */
export const SQUAWK_OFF: Readonly<Record<string, string>> = {
  'adding-field-with-default': '`volatile-default` knows which of our own functions are volatile.',
  'adding-foreign-key-constraint': '`constraint-not-valid` knows which tables the migration makes itself.',
  'adding-not-nullable-field': '`set-not-null` sees the validated CHECK also where an earlier migration made it.',
  'adding-required-field': '`required-column` says the same of existing tables only.',
  'ban-char-field': 'The data model has `currency char(3)`: three letters, always.',
  'changing-column-type': '`column-type-rewrite` knows the old type, and lets a longer varchar pass.',
  'constraint-missing-not-valid': '`constraint-not-valid` says the same of existing tables only.',
  'disallowed-unique-constraint': '`unique-using-index` says the same of existing tables only.',
  'prefer-bigint-over-int': 'Counters that stay small are integer in the data model; keys are uuid or bigint (`identity-bigint`).',
  'prefer-bigint-over-smallint': 'The same: `priority smallint`.',
  'prefer-robust-stmts':
    'IF NOT EXISTS passes over an object of that name that is another one. A migration is transactional, and the journal says whether it ran.',
  'prefer-text-field': 'The data model bounds its texts by varchar(n); a longer one changes the catalogue only.',
  'require-concurrent-index-creation': '`index-concurrently` knows the tables of the migration and of the database.',
  'require-concurrent-index-deletion': '`index-concurrently` says the same.',
  'require-enum-value-ordering': 'There are no enum types (`enum-type`).',
  'require-lock-timeout': 'The runner of the migrations sets lock_timeout and tries again.',
  'require-statement-timeout': 'The runner sets what holds for migrations; a backfill may take its time.',
  'require-timeout-settings': 'The same as the two before it.',
};
