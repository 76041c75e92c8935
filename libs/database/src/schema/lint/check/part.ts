import type { LintFinding } from '../finding.js';
import type { ScratchServer } from '../../expected/scratch-database.js';
import type { ChosenMigrations } from './new-migrations.js';

/** What the parts of the check work with. */
export interface CheckGround {
  /** The checkout whose migrations and entities these are. */
  readonly root: string;
  readonly server: ScratchServer;
  /** The logins of the services on the same server: what an old replica connects with. */
  readonly logins: ServiceLogins;
  readonly chosen: ChosenMigrations;
}

/** URLs; the databases that they name are not touched. */
export interface ServiceLogins {
  readonly login: string;
  readonly privileged: string;
  readonly queue: string;
}

/** What a part found. */
export interface PartAnswer {
  /** What it looked at, in a few words: `2 migrations, 31 statements`. */
  readonly lookedAt: string;
  readonly findings: readonly LintFinding[];
  readonly suppressed?: readonly (LintFinding & { readonly reason: string })[];
}

/** One question of the gate. */
export interface CheckPart {
  /** `lint` */
  readonly name: string;
  /** The question, for people. */
  readonly asks: string;
  run(ground: CheckGround): Promise<PartAnswer>;
}

/** held: looked, nothing found. found: errors. unknown: could not look, which is no answer. left: not looked at, to be done elsewhere. */
export type PartOutcome = 'held' | 'found' | 'unknown' | 'left';

export interface PartReport extends PartAnswer {
  readonly name: string;
  readonly asks: string;
  readonly outcome: PartOutcome;
  readonly milliseconds: number;
  /** Why nobody could look. */
  readonly reason?: string;
}

export interface CheckReport {
  readonly parts: readonly PartReport[];
  /** The names of the migrations that are new, oldest first. */
  readonly migrations: readonly string[];
  readonly because: string;
  readonly milliseconds: number;
}

/** 0: everything held (or was left to somebody else on purpose). 1: something was found. 2: nothing was found, but a part could not look. */
export function exitCodeOf({ parts }: CheckReport): 0 | 1 | 2 {
  if (parts.some(({ outcome }) => outcome === 'found')) return 1;
  return parts.some(({ outcome }) => outcome === 'unknown') ? 2 : 0;
}

/** A finding of a part that is about no statement. */
export function partFinding(rule: string, object: string, says: string, mend: string): LintFinding {
  return { rule, severity: 'error', object, says, mend, page: 'docs/schema-rules/README.md' };
}
