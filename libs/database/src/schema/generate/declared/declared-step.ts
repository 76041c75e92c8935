import type { LockMode } from '../../catalogue/own/own-fact-kind.js';

/** A change that a person declared (a rename, a value for the rows that exist), made before everything else is planned. */
export interface DeclaredStep {
  readonly sql: string;
  /** The statements that take it back, in the order in which they run; none where there is nothing to take back. */
  readonly undo: readonly string[];
  readonly table: string;
  /** What the table is called when it is taken back. */
  readonly tableThen: string;
  readonly lock: LockMode;
  readonly rewrite: boolean;
  /** What taking it back loses; null: nothing. */
  readonly undoLoses: string | null;
  /** True for what is best done statement by statement, without holding one lock over all of them. */
  readonly online: boolean;
  /** Whether it changes rows: then it is said what, and that it repeats itself until it finds none. */
  readonly fills: string | null;
  /** What a person has to know beside; null: nothing. */
  readonly remark: string | null;
}

/** A change of the catalogue alone. */
export function declared(sql: string, table: string, undo: readonly string[], parts: Partial<DeclaredStep> = {}): DeclaredStep {
  return { sql, undo, table, tableThen: table, fills: null, lock: 'ACCESS EXCLUSIVE', rewrite: false, undoLoses: null, online: false, remark: null, ...parts };
}
