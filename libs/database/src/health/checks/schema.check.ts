import { sqlStateOf } from '../../errors.js';
import { COMMITTED } from '../fingerprint/committed.generated.js';
import { expectedOn, type CommittedFingerprints } from '../fingerprint/committed-file.js';
import { driftOf, inWords, type Drift } from '../fingerprint/drift.js';
import { gates, type GatePattern } from '../fingerprint/gates.js';
import { noneFor, whyNotJudged } from '../fingerprint/judge.js';
import { readFingerprint, type Fingerprint } from '../fingerprint/read-fingerprint.js';
import { down, unknown, up, type Finding, type HealthCheck, type HealthQuery } from '../finding.js';
import { readMigrationState, type MigrationState } from '../migration-state.js';

export interface SchemaCheckOptions {
  /** How long an answer holds, in milliseconds; 0 asks PostgreSQL at every look. */
  readonly ttlMs: number;
  /** Drift of these objects keeps traffic away; any other degrades. */
  readonly gates: readonly GatePattern[];
  readonly committed?: CommittedFingerprints;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

const LONGEST_LIST = 20;
const LONGEST_SENTENCE = 5;
/** lock_not_available */
const LOCKED = '55P03';

/**
 * The catalogue as it is against the hashes that are committed for the newest migration. Not judged, and said so, while migrations are
 * missing or run, where the schema is newer than this build, and on a version of PostgreSQL that nobody made hashes for. What could not
 * be looked at is never kept.
 */
export function schemaCheck({ ttlMs, gates: patterns, committed = COMMITTED, now = () => performance.now() }: SchemaCheckOptions): HealthCheck {
  let kept: { readonly finding: Finding; readonly at: number; readonly journal: string } | undefined;
  return {
    name: 'schema',
    gatesReadiness: true,
    async look(query: HealthQuery): Promise<Finding> {
      const state = await readMigrationState(query);
      const unable = notJudged(state, committed);
      if (unable !== undefined) return unable;
      const journal = state.ran.join();
      if (kept !== undefined && kept.journal === journal && now() - kept.at < ttlMs) return kept.finding;
      const finding = await compare(query, committed, patterns);
      if (finding.status === 'unknown') return finding;
      if (finding.status === 'down') {
        // A migration that began or ended in between is no drift.
        const after = await readMigrationState(query);
        const meanwhile = notJudged(after, committed);
        if (meanwhile !== undefined) return meanwhile;
        if (after.ran.join() !== journal) return ungated('not judged: a migration has just run; the next look will tell');
      }
      kept = { finding, at: now(), journal };
      return finding;
    },
  };
}

/** Newer is information: an old replica serves on during a roll-out. Anything else that keeps us from judging degrades. */
function notJudged(state: MigrationState, committed: CommittedFingerprints): Finding | undefined {
  const reason = whyNotJudged(state, committed);
  if (reason === undefined) return undefined;
  const informs = state.pending.length === 0 && (state.notOfThisBuild.length > 0 || state.progress !== null);
  return informs ? up({ judged: false, note: reason }) : ungated(`not judged: ${reason}`);
}

async function compare(query: HealthQuery, committed: CommittedFingerprints, patterns: readonly GatePattern[]): Promise<Finding> {
  let actual: Fingerprint;
  try {
    actual = await readFingerprint(query);
  } catch (error) {
    if (sqlStateOf(error) === LOCKED) return ungated('somebody holds a lock on a table, so that the catalogue cannot be read; the next look tries again');
    throw error;
  }
  const expected = expectedOn(actual.major, committed);
  if (expected === undefined) return ungated(`not judged: ${noneFor(actual.major, committed)}`);
  const facts = { head: committed.head, fingerprint: { security: actual.security, rest: actual.rest } };
  const drift = driftOf(expected, actual.objects);
  return drift.length === 0 ? up({ ...facts, objects: expected.size }) : drifted(drift, patterns, facts);
}

function drifted(drift: readonly Drift[], patterns: readonly GatePattern[], facts: Readonly<Record<string, unknown>>): Finding {
  const gating = drift.filter((each) => gates(patterns, each));
  // Those that keep traffic away come first.
  const words = [...gating, ...drift.filter((each) => !gating.includes(each))].map(inWords);
  const shown = words.slice(0, LONGEST_SENTENCE).join('; ');
  const more = words.length > LONGEST_SENTENCE ? ` and ${words.length - LONGEST_SENTENCE} more` : '';
  return down(`${shown}${more}. The migrations make it otherwise: npm run schema:check shows how.`, {
    ...facts,
    drift: words.slice(0, LONGEST_LIST),
    drifted: words.length,
    gates: gating.length > 0,
  });
}

const ungated = (reason: string): Finding => ({ ...unknown(reason), gates: false });
