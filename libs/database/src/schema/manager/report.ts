import type { SchemaFact } from '../catalogue/fact.js';
import { readBaseline, sortByBaseline } from '../compare/baseline.js';
import type { Difference } from '../compare/difference.js';
import { DRIFT_CLASSES, type SchemaFinding, type SchemaReport } from '../compare/finding.js';
import { contentsIn } from '../compare/differences.js';
import { findingOf } from '../compare/findings.js';
import { PENDING } from '../compare/pending.js';
import { planSteps } from '../plan/plan-steps.js';
import type { RepairStep } from '../plan/repair-step.js';
import type { Look } from './look.js';

/** The differences in words, the most dangerous first, each with the statements of the plan that are about it, and what the journal says. */
export function findingsOf(look: Look): SchemaFinding[] {
  const contents = undivided(look);
  const repairs = statementsByKey(planSteps(look.actual, look.expected));
  const found = look.differences.map((difference) =>
    withDoubt(look.unasked.get(difference), findingOf(difference, repairs.get(difference.fact.key) ?? [], contents(difference))),
  );
  const ranked = DRIFT_CLASSES.flatMap((driftClass) => found.filter((finding) => finding.driftClass === driftClass));
  return [...look.journal.pending.map(pendingFinding), ...ranked];
}

/** What belongs to a thing that is on one side only: nobody else speaks of it. */
function undivided({ expected, actual }: Look): (difference: Difference) => SchemaFact[] {
  const [missing, extra] = [contentsIn(expected.facts), contentsIn(actual.facts)];
  return ({ verb, fact }) => (verb === 'changed' ? [] : (verb === 'missing' ? missing : extra)(fact.key));
}

function withDoubt(why: string | undefined, finding: SchemaFinding): SchemaFinding {
  if (why === undefined) return finding;
  return { ...finding, explanation: `${finding.explanation} Both may mean the same, only spelled differently: PostgreSQL could not be asked (${why}).` };
}

function statementsByKey(steps: readonly RepairStep[]): ReadonlyMap<string, readonly string[]> {
  const byKey = new Map<string, string[]>();
  for (const { about, sql } of steps) for (const key of about) byKey.set(key, [...(byKey.get(key) ?? []), sql]);
  return byKey;
}

function pendingFinding(name: string): SchemaFinding {
  return {
    code: PENDING.code,
    driftClass: PENDING.driftClass,
    severity: PENDING.severity,
    object: { kind: 'migration', name },
    expected: 'has run',
    actual: null,
    explanation: PENDING.explain,
    repair: [],
    key: `migration:${name}`,
    identity: `${PENDING.code} migration:${name}`,
  };
}

/** Findings apart from those that the baseline accepts. @throws BaselineUnreadableError */
export async function reportOf(look: Look, baselineFile: string | undefined, tookMs: number): Promise<SchemaReport> {
  const sorted = sortByBaseline(findingsOf(look), baselineFile === undefined ? [] : await readBaseline(baselineFile));
  return {
    outcome: sorted.fresh.length === 0 ? 'same' : 'drift',
    findings: sorted.fresh,
    accepted: sorted.accepted,
    obsolete: sorted.obsolete,
    head: look.journal.head,
    serverVersion: look.actual.serverVersion,
    source: look.source,
    tookMs,
  };
}
