/** What an attack showed: isolation held, it was broken, or the attack itself could not be carried out (which proves nothing). */
export type Verdict = 'held' | 'broken' | 'unknown';

/** One attack and what came of it. */
export interface Finding {
  readonly check: string;
  /** The table or function attacked. */
  readonly object: string;
  /** What was tried, in a few words. */
  readonly attack: string;
  readonly verdict: Verdict;
  readonly expected: string;
  readonly actual: string;
}

/** All findings of one run, and the two numbers that matter. */
export interface IsolationReport {
  readonly findings: readonly Finding[];
  readonly held: number;
  readonly broken: readonly Finding[];
  /** Attacks that could not be carried out: never counted as held. */
  readonly unknown: readonly Finding[];
}

/** Sums up the findings of a run. */
export function reportOf(findings: readonly Finding[]): IsolationReport {
  return {
    findings,
    held: findings.filter(({ verdict }) => verdict === 'held').length,
    broken: findings.filter(({ verdict }) => verdict === 'broken'),
    unknown: findings.filter(({ verdict }) => verdict === 'unknown'),
  };
}

/** The report as a person reads it: a line per check, then every attack that did not hold. */
export function formatReport(report: IsolationReport): string {
  const checks = [...new Set(report.findings.map(({ check }) => check))];
  const lines = checks.map((check) => {
    const own = report.findings.filter((finding) => finding.check === check);
    const held = own.filter(({ verdict }) => verdict === 'held').length;
    return `${held === own.length ? 'held  ' : 'BROKEN'} ${check}: ${held} of ${own.length} attacks`;
  });
  const bad = [...report.broken, ...report.unknown].map(
    ({ verdict, check, object, attack, expected, actual }) => `${verdict}: ${check} on "${object}": ${attack}; expected ${expected}, got ${actual}`,
  );
  const total = `${report.findings.length} attacks: ${report.held} held, ${report.broken.length} broken, ${report.unknown.length} could not look`;
  return [...lines, ...bad, total].join('\n');
}
