import type { ClientBase } from 'pg';
import type { Difference } from '../../compare/difference.js';
import type { FindingRules } from '../../compare/finding-words.js';
import type { SchemaFact } from '../fact.js';

/** What a reader of our own may need to know about the server. */
export interface CatalogueServer {
  /** 15 to 18 */
  readonly major: number;
}

/** A statement that would repair one difference, with what PostgreSQL's manual says of it. */
export interface RepairStatement {
  readonly sql: string;
  /** The lock on the table, as the manual names it; NONE where no table of ours is locked. */
  readonly lock: LockMode;
  /** Whether every row is written again. */
  readonly rewrite?: boolean;
  /** What values it can lose, in words; absent: none. */
  readonly loses?: string;
  /** Who may run it; the owner unless it says otherwise. */
  readonly as?: 'administrator';
  /** False for what refuses to run in a transaction. */
  readonly transactional?: boolean;
}

export const LOCK_MODES = [
  'NONE',
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;
export type LockMode = (typeof LOCK_MODES)[number];

/**
 * Something of the catalogue that the comparing library does not see. A kind is a file in this folder, and a line in `kinds.ts`.
 * A fact whose key the library has as well is merged into that fact: its attributes must have names of their own.
 */
export interface OwnFactKind {
  readonly name: string;
  /** Reads all of them with one statement, as any role that may read pg_catalog (app_owner, not a superuser). @throws what PostgreSQL says */
  read(client: ClientBase, server: CatalogueServer): Promise<readonly SchemaFact[]>;
  /** What should be, where a scratch database cannot tell because the thing belongs to the server: roles, settings. */
  readonly expected?: (server: CatalogueServer) => readonly SchemaFact[];
  /** What is said of each difference, by `kind.attribute`, `kind.missing`, `kind.extra`. */
  readonly findings: FindingRules;
  /** By `kind.attribute` (`kind.missing`, `kind.extra` for a whole fact): the statements that repair that difference; none where only a person can. */
  readonly repairs: Readonly<Record<string, (difference: Difference) => readonly RepairStatement[]>>;
}
