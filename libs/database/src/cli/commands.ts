import type { CliCommand } from './command.js';
import { dbAttest } from './commands/db-attest.command.js';
import { dbBackup } from './commands/db-backup.command.js';
import { dbInit } from './commands/db-init.command.js';
import { dbReset } from './commands/db-reset.command.js';
import { dbRestore } from './commands/db-restore.command.js';
import { dbRoles } from './commands/db-roles.command.js';
import { dbStop } from './commands/db-stop.command.js';
import { dbUrl } from './commands/db-url.command.js';
import { isolationProve } from './commands/isolation-prove.command.js';
import { migrationCheck } from './commands/migration-check.command.js';
import { migrationCreate } from './commands/migration-create.command.js';
import { migrationCurrent } from './commands/migration-current.command.js';
import { migrationGenerate } from './commands/migration-generate.command.js';
import { migrationHistory } from './commands/migration-history.command.js';
import { migrationRevert } from './commands/migration-revert.command.js';
import { migrationRun } from './commands/migration-run.command.js';
import { migrationShow } from './commands/migration-show.command.js';
import { schemaCheck } from './commands/schema-check.command.js';
import { schemaDoctor } from './commands/schema-doctor.command.js';
import { schemaDocs } from './commands/schema-docs.command.js';
import { schemaFix } from './commands/schema-fix.command.js';
import { schemaLint } from './commands/schema-lint.command.js';
import { schemaPlan } from './commands/schema-plan.command.js';
import { schemaSnapshot } from './commands/schema-snapshot.command.js';
import { schemaFingerprint } from './commands/schema-fingerprint.command.js';

/** Every command, in the order in which the help lists them. */
export const COMMANDS: readonly CliCommand[] = [
  dbRoles,
  dbInit,
  dbUrl,
  dbStop,
  dbReset,
  dbBackup,
  dbRestore,
  dbAttest,
  isolationProve,
  migrationRun,
  migrationShow,
  migrationCurrent,
  migrationHistory,
  migrationRevert,
  migrationCreate,
  migrationGenerate,
  migrationCheck,
  schemaLint,
  schemaCheck,
  schemaPlan,
  schemaFix,
  schemaSnapshot,
  schemaDocs,
  schemaDoctor,
  schemaFingerprint,
];
