import { MIGRATION_NAMES, type MigrationState } from '../migration-state.js';
import { checksumOf, expectedOn, type CommittedFingerprints } from './committed-file.js';
import { driftOf, inWords } from './drift.js';
import { fingerprintsOf, type Fingerprint } from './read-fingerprint.js';

type Both = Pick<Fingerprint, 'security' | 'rest'>;

/** What a database is beside what the migrations make. */
export interface Judgement {
  readonly outcome: 'same' | 'drift' | 'not judged';
  /** Why it was not judged. */
  readonly reason?: string;
  /** Name of the migration that the committed hashes are of. */
  readonly head: string;
  readonly major: number;
  readonly actual: Both;
  readonly expected: Both | null;
  /** `policy:run.evil is extra`, sorted. */
  readonly drift: readonly string[];
}

/** Why the hashes of this build say nothing about a schema in this state, or undefined where they do. */
export function whyNotJudged({ pending, notOfThisBuild, progress }: MigrationState, committed: CommittedFingerprints): string | undefined {
  const anew = 'Run npm run schema:fingerprint -- --write --all.';
  if (progress !== null) return progress.text;
  if (pending.length > 0) return `${pending.length === 1 ? 'a migration has' : `${pending.length} migrations have`} not run`;
  if (notOfThisBuild.length > 0) return `schema is newer: this build does not know ${notOfThisBuild.join(', ')}`;
  if (MIGRATION_NAMES.at(-1) !== committed.head) return `the committed hashes are of "${committed.head}" and not of the newest migration. ${anew}`;
  if (checksumOf(committed) !== committed.checksum) return `the committed hashes were changed by hand. ${anew}`;
  return undefined;
}

/** Compares a database with the committed hashes of its major version. */
export function judge(actual: Fingerprint, state: MigrationState, committed: CommittedFingerprints): Judgement {
  const expected = expectedOn(actual.major, committed);
  const facts = {
    head: committed.head,
    major: actual.major,
    actual: { security: actual.security, rest: actual.rest },
    expected: expected === undefined ? null : fingerprintsOf(expected),
  };
  const reason = whyNotJudged(state, committed) ?? (expected === undefined ? noneFor(actual.major, committed) : undefined);
  if (reason !== undefined || expected === undefined) return { outcome: 'not judged', reason, ...facts, drift: [] };
  const drift = driftOf(expected, actual.objects);
  return { outcome: drift.length === 0 ? 'same' : 'drift', ...facts, drift: drift.map(inWords) };
}

export function noneFor(major: number, committed: CommittedFingerprints): string {
  return `there are no committed hashes for PostgreSQL ${major}, only for ${committed.majors.join(', ')}`;
}

/** The judgement as lines of text. */
export function describeFingerprint({ outcome, reason, head, major, actual, expected, drift }: Judgement): string {
  const line = (name: keyof Both): string => {
    const verdict = outcome === 'not judged' || expected === null ? '' : actual[name] === expected[name] ? '  as committed' : `  committed: ${expected[name]}`;
    return `${name.padEnd(9)} ${actual[name]}${verdict}`;
  };
  const verdict = reason === undefined ? outcome : `${outcome}: ${reason}`;
  return [
    `head      ${head}`,
    `server    PostgreSQL ${major}`,
    line('security'),
    line('rest'),
    `result    ${verdict}`,
    ...drift.map((text) => `  ${text}`),
  ].join('\n');
}
