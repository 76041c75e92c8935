/** What a difference puts at risk: who may see what, the rows, the speed, nothing; or something that is there beside. */
export const DRIFT_CLASSES = ['security', 'data', 'performance', 'cosmetic', 'extra'] as const;
export type DriftClass = (typeof DRIFT_CLASSES)[number];

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One difference, in words for the operator. */
export interface SchemaFinding {
  /** Stable: what kind of difference, such as `POLICY_USING_CHANGED`. docs/schema-findings.md lists them. */
  readonly code: string;
  readonly driftClass: DriftClass;
  readonly severity: Severity;
  /** The kind of the object (`policy`), its name (`app.run.tenant_isolation`) and its table, where it has one. */
  readonly object: { readonly kind: string; readonly name: string; readonly table?: string };
  /** Which attribute differs; absent where the whole object is missing or extra. */
  readonly attribute?: string;
  /** As it should be, as PostgreSQL prints it; null: should not exist. */
  readonly expected: string | null;
  /** As it is; null: does not exist. */
  readonly actual: string | null;
  /** What it means, and why it matters. */
  readonly explanation: string;
  /** The statements that would repair it; empty where only a person can. */
  readonly repair: readonly string[];
  /** The key of the fact: `policy:app.run.tenant_isolation`. `fixSchema({ only })` takes it. */
  readonly key: string;
  /** Changes when the difference does: what a baseline of accepted drift remembers. */
  readonly identity: string;
}

/** What a look at the schema gave. */
export type SchemaReport =
  | {
      readonly outcome: 'same' | 'drift';
      /** New drift; what the baseline accepts is not in it. */
      readonly findings: readonly SchemaFinding[];
      readonly accepted: readonly SchemaFinding[];
      /** Baseline entries that nothing matches any more. */
      readonly obsolete: readonly string[];
      readonly head: string;
      readonly serverVersion: string;
      readonly source: ExpectedSource;
      readonly tookMs: number;
    }
  | { readonly outcome: 'could-not-look'; readonly reason: string; readonly tookMs: number };

/** Where the expected schema came from. */
export type ExpectedSource = 'scratch-database' | 'snapshot';
