/** `down`: looked, and it is wrong. `unknown`: could not look, which says nothing about what is there. */
export type Outcome = 'up' | 'down' | 'unknown';

/** What one check found, as the full report shows it. */
export interface Finding {
  readonly status: Outcome;
  /** Why it is not up, in a sentence for the operator. */
  readonly reason?: string;
  /** Whether traffic must stay away because of this finding, where that is not the same for every finding of the check. */
  readonly gates?: boolean;
  readonly [fact: string]: unknown;
}

/** Runs one statement, or several without values, on the connection that health has for itself; answers the rows of the last. @throws what PostgreSQL or the connection says, or when the signal ends it */
export type HealthQuery = <R extends object>(text: string, values?: readonly unknown[]) => Promise<R[]>;

/** One thing that health looks at. A file each, below `checks/`. */
export interface HealthCheck {
  /** Its key in the report. */
  readonly name: string;
  /** Whether traffic must stay away while this is not up. Otherwise the answer is "degraded". A finding may say otherwise of itself. */
  readonly gatesReadiness: boolean;
  /** Looks once. What it throws means "could not look". */
  look(query: HealthQuery): Promise<Finding>;
}

export const up = (facts: Readonly<Record<string, unknown>> = {}): Finding => ({ ...facts, status: 'up' });
export const down = (reason: string, facts: Readonly<Record<string, unknown>> = {}): Finding => ({
  ...facts,
  status: 'down',
  reason,
});
export const unknown = (reason: string): Finding => ({ status: 'unknown', reason });

/** The code (SQLSTATE or the system's) and the first line of an error, for the reason of a finding. */
export function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const message = 'message' in error ? String(error.message).split('\n', 1)[0] : '';
  return 'code' in error && typeof error.code === 'string' ? `${error.code}: ${message}` : (message ?? '');
}
