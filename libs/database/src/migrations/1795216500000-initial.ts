import type { MigrationInterface, QueryRunner } from 'typeorm';
import { INITIAL_FUNCTIONS_DOWN, INITIAL_FUNCTIONS_UP } from './initial/functions.sql.js';
import { INITIAL_GRANTS } from './initial/grants.sql.js';
import { INITIAL_INDEXES, INITIAL_SQL_INDEXES } from './initial/indexes.sql.js';
import { INITIAL_POLICIES } from './initial/policies.sql.js';
import { QUEUE_DOWN, QUEUE_FUNCTIONS_UP, QUEUE_TRIGGERS_UP } from './initial/queue.sql.js';
import { INITIAL_REFERENCES } from './initial/references.sql.js';
import { INITIAL_TABLE_NAMES, INITIAL_TABLES } from './initial/tables.sql.js';
import { INITIAL_TRIGGERS } from './initial/triggers.sql.js';

/** Each alone: a sharded database forwards a SET inside a longer message to its workers as it stands. They mean nothing elsewhere. */
const FOR_SHARDED_DATABASES = [
  "set local citus.multi_shard_modify_mode = 'sequential'",
  'set local citus.enable_unsafe_triggers = on',
  'set local citus.enable_local_reference_table_foreign_keys = off',
];

/** In the order of their needs: column defaults call functions, references need indexes and tables, policies come before anyone may read. */
const SECTIONS: readonly (readonly string[])[] = [
  INITIAL_FUNCTIONS_UP,
  QUEUE_FUNCTIONS_UP,
  INITIAL_TABLES,
  INITIAL_INDEXES,
  INITIAL_SQL_INDEXES,
  INITIAL_REFERENCES,
  [...INITIAL_TRIGGERS, ...QUEUE_TRIGGERS_UP],
  INITIAL_POLICIES,
  INITIAL_GRANTS,
  // Readiness compares what ran with what should have.
  ['grant select on app.migration to app_login, app_privileged, app_queue'],
];

/** Every table of the data model with its functions, triggers, policies and grants. Frozen: it never looks at the entities. */
export class Initial1795216500000 implements MigrationInterface {
  readonly name = 'Initial1795216500000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of FOR_SHARDED_DATABASES) await runner.query(statement);
    for (const section of SECTIONS) await runner.query(section.join(';\n'));
  }

  /** Leaves the schema and TypeORM's journal, which are not of its making. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table ${INITIAL_TABLE_NAMES.join(', ')}`);
    await runner.query([...QUEUE_DOWN, ...INITIAL_FUNCTIONS_DOWN].join(';\n'));
    await runner.query('revoke select on app.migration from app_login, app_privileged, app_queue');
  }
}
