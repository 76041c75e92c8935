import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each alone: a sharded database forwards a SET inside a longer message to its workers as it stands. They mean nothing elsewhere. */
const FOR_SHARDED_DATABASES = [
  "set local citus.multi_shard_modify_mode = 'sequential'",
  'set local citus.enable_unsafe_triggers = on',
  'set local citus.enable_local_reference_table_foreign_keys = off',
];

const MIGRATION_RUN = `create table app.migration_run (
  name varchar(255) not null,
  checksum varchar(64) not null,
  state varchar(50) not null,
  who varchar(255) not null,
  build varchar(255) not null,
  statements_done integer not null default '0',
  started_at timestamptz not null,
  completed_at timestamptz,
  error_message text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint pk_migration_run primary key (name),
  constraint ck_migration_run_state check (state = any (array['STARTED', 'COMPLETED', 'REVERTED']::text[]))
)`;

/** What no tool wrote until now has no rows; a row made by hand becomes a repair. */
const SCHEMA_LEDGER = [
  `alter table app.schema_ledger add column kind varchar(50) not null default 'FIX'`,
  `-- plinth:allow old-entities: no service writes the ledger, and no tool did before this release
   alter table app.schema_ledger alter column kind drop default`,
  `-- plinth:allow constraint-not-valid: the table holds no row before this release
   alter table app.schema_ledger add constraint ck_schema_ledger_kind
     check (kind = any (array['FIX', 'BACKUP', 'RESTORE', 'ATTEST', 'INITIALIZE', 'MIGRATE', 'REVERT']::text[]))`,
  `alter table app.schema_ledger add column details jsonb not null default '{}'`,
];

/** What the declarations of the two entities call for beside their tables. */
export const SCHEMA_TOOLS_SECURITY: readonly string[] = [
  'create trigger touch_updated_at before update on app."migration_run" for each row execute function app.touch_updated_at()',
  'alter table app."migration_run" enable row level security',
  'alter table app."migration_run" force row level security',
  'create policy owner_all on app."migration_run" for all to app_owner using (true) with check (true)',
  'create policy admin_all on app."migration_run" for all to app_admin using (true) with check (true)',
  'grant select on app."migration_run" to app_admin',
];

/** The bookkeeping of the schema tools: what ran exactly, and of which kind an entry of the ledger is. */
export class SchemaTools1795272000000 implements MigrationInterface {
  readonly name = 'SchemaTools1795272000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of FOR_SHARDED_DATABASES) await runner.query(statement);
    await runner.query([MIGRATION_RUN, ...SCHEMA_TOOLS_SECURITY, ...SCHEMA_LEDGER].join(';\n'));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of FOR_SHARDED_DATABASES) await runner.query(statement);
    await runner.query('alter table app.schema_ledger drop column details');
    await runner.query('alter table app.schema_ledger drop column kind');
    await runner.query('drop table app.migration_run');
  }
}
