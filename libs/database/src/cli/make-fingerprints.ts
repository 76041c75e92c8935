import { join } from 'node:path';
import pg from 'pg';
import { expectedOn, type CommittedFingerprints } from '../health/fingerprint/committed-file.js';
import { COMMITTED } from '../health/fingerprint/committed.generated.js';
import { readFingerprint, type Fingerprint } from '../health/fingerprint/read-fingerprint.js';
import { COMMITTED_FILE, writeFingerprints } from '../health/fingerprint/write-fingerprints.js';
import { MIGRATION_NAMES } from '../health/migration-state.js';
import { onDatabase, type ClusterUrls } from '../testing/cluster.js';
import { ensureTemplate } from '../testing/template.js';
import { onMajors, type MajorsOptions } from './on-majors.js';

export interface MadeFingerprints {
  readonly path: string;
  readonly head: string;
  readonly majors: readonly number[];
  /** Versions whose hashes were of another schema and are gone. */
  readonly dropped: readonly number[];
}

/**
 * Runs the migrations in databases of their own, on embedded servers of their own below `.plinth`, and writes what they make into
 * `committed.generated.ts`. Versions that were not asked for keep theirs while the installed version's did not change.
 * @param root the checkout
 * @throws PostgresPackageMissingError, EmbeddedServerError, and what a migration throws
 */
export async function makeFingerprints(root: string, options: MajorsOptions): Promise<MadeFingerprints> {
  const made = await onMajors(root, options, ofMigrations);
  const expected = new Map(made.map(({ major, objects }) => [major, objects]));
  const { kept, dropped } = keep(COMMITTED, expected);
  for (const [major, objects] of kept) expected.set(major, objects);
  const head = MIGRATION_NAMES.at(-1) ?? '';
  const { majors } = await writeFingerprints(root, head, expected);
  return { path: COMMITTED_FILE, head, majors, dropped };
}

/** What is still true of the versions that were not made anew: it is where nothing changed on those that were. */
function keep(
  committed: CommittedFingerprints,
  made: ReadonlyMap<number, ReadonlyMap<string, string>>,
): { kept: [number, ReadonlyMap<string, string>][]; dropped: number[] } {
  const others = committed.majors.filter((major) => !made.has(major));
  const unchanged = [...made].every(([major, objects]) => sameLines(objects, expectedOn(major, committed)));
  if (!unchanged) return { kept: [], dropped: others };
  return { kept: others.map((major) => [major, expectedOn(major, committed) ?? new Map<string, string>()]), dropped: [] };
}

function sameLines(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string> | undefined): boolean {
  return one.size === other?.size && [...one].every(([name, hash]) => other.get(name) === hash);
}

async function ofMigrations(urls: ClusterUrls): Promise<Fingerprint> {
  const template = await ensureTemplate(urls, join(import.meta.dirname, '..'));
  return fingerprintAt(onDatabase(urls.login, template));
}

async function fingerprintAt(url: string): Promise<Fingerprint> {
  const client = new pg.Client({ connectionString: url, application_name: 'plinth-fingerprint' });
  await client.connect();
  try {
    return await readFingerprint(async <R extends object>(text: string) => [await client.query<R>(text)].flat().at(-1)?.rows ?? []);
  } finally {
    await client.end();
  }
}
