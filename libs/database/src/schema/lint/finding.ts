/** One thing that a rule has to say. Errors close the gate; warnings are printed. */
export interface LintFinding {
  /** The rule: its id, or `squawk/<rule>` for one of squawk's. */
  readonly rule: string;
  readonly severity: Severity;
  /** What it is about: `table note`, `policy tenant_all on note`, `function f(uuid)`, or the kind of statement. */
  readonly object: string;
  /** What is wrong, in one sentence that names the object. */
  readonly says: string;
  /** What to do instead. */
  readonly mend: string;
  /** The page that explains the rule, from the root of the repository. */
  readonly page: string;
  /** Where in which migration; absent on the live catalogue. */
  readonly at?: StatementPlace;
}

export type Severity = 'error' | 'warning';

/** A statement of a migration, as a person finds it. */
export interface StatementPlace {
  readonly migration: string;
  readonly direction: 'up' | 'down';
  /** From 1, among the statements of that direction. */
  readonly statement: number;
  /** `libs/database/src/migrations/1795…-add-note.ts:17` where the text was found in a file. */
  readonly source?: string;
  readonly sql: string;
}
