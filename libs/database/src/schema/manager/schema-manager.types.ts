import type { TlsSettings } from '../../config/tls.js';
import type { SchemaFinding } from '../compare/finding.js';
import type { MigrationList } from '../expected/from-migrations.js';
import type { RepairPlan, RepairStep } from '../plan/repair-step.js';
import type { StepFailure } from '../apply/step-failure.js';

export interface SchemaManagerOptions {
  /** Logs in as app_owner. */
  readonly ownerUrl: string;
  /** Logs in to the same server and may create databases: for the scratch databases. Without it the committed snapshot is compared with. */
  readonly scratchUrl?: string;
  /** Logs in as an administrator of the server: for steps that are not app_owner's to do. Without it those are left. */
  readonly administratorUrl?: string;
  /** Host, port and database past a pooler. */
  readonly directUrl?: string;
  readonly tls?: TlsSettings;
  /** The file of accepted drift. */
  readonly baselineFile?: string;
  /** Whether steps that can lose values may run at all (AUTO_SCHEMA_DESTRUCTIVE). Default false. */
  readonly destructiveAllowed?: boolean;
  /** How long one try waits for a lock, in ms. Default 2000. */
  readonly lockTimeoutMs?: number;
  /** How often a step that met a lock is tried. Default 10. */
  readonly attempts?: number;
  readonly onProgress?: (text: string) => void;
  /** Those of this build, unless a test or a benchmark brings its own. */
  readonly migrations?: MigrationList;
}

export interface FixOptions {
  /** Run steps that can lose values; needs `destructiveAllowed` and a receipt too. */
  readonly destructive?: boolean;
  /** An archive of `db:backup`, or the id of an attested external backup. */
  readonly receipt?: { readonly archive: string } | { readonly backupId: string };
  /** Keys or codes of findings; without it all. */
  readonly only?: readonly string[];
  /** Rehearse and report, change nothing. */
  readonly dryRun?: boolean;
}

export interface FixReport {
  readonly outcome: 'nothing-to-do' | 'repaired' | 'left' | 'rehearsed';
  readonly plan: RepairPlan;
  readonly done: readonly RepairStep[];
  /** Steps that PostgreSQL refused; what they were about is among `left`. */
  readonly failed: readonly StepFailure[];
  /** Findings that stand after the repair. */
  readonly left: readonly SchemaFinding[];
  /** The row of schema_ledger; null where nothing was done. */
  readonly ledgerId: string | null;
}
