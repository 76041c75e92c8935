import { join, relative } from 'node:path';
import { markEmbeddedServer } from '../../config/environment.js';
import { misspelt } from '../../config/misspelt.js';
import { PlinthError } from '../../errors.js';
import { MixedServersError } from '../../embedded/errors.js';
import { repositoryRoot } from '../../embedded/home.js';
import { joinEmbeddedServer, type EmbeddedServer } from '../../embedded/join.js';
import { setting, warning, wrong } from '../../schema/doctor/diagnosis.js';
import type { ExamineOptions } from '../../schema/doctor/examine.js';
import type { CheckedDiagnosis } from '../../schema/doctor/report.js';
import { readEnvFileLines, type EnvFile } from '../../schema/doctor/settings/env-file.js';
import type { CliIo } from '../command.js';

const URLS = { DATABASE_URL: 'login', DATABASE_PRIVILEGED_URL: 'privileged', DATABASE_QUEUE_URL: 'queue', DATABASE_OWNER_URL: 'owner' } as const;
const CHECK = 'settings';

/** What the doctor looks at, and what to close afterwards. */
export interface DoctorEnvironment extends Pick<ExamineOptions, 'sources' | 'administratorUrl' | 'before'> {
  close(): Promise<void>;
}

/**
 * Reads what every process of ours reads at its start, in the same order and by the same rules, but changes no environment and refuses
 * nothing: what would stop a service is told as a diagnosis.
 * @param envFile default: `.env` of the checkout
 */
export async function doctorEnvironment(io: Pick<CliIo, 'env' | 'err'>, envFile = join(repositoryRoot(), '.env')): Promise<DoctorEnvironment> {
  const read = await readEnvFileLines(envFile);
  const file = { ...read, path: relative(process.cwd(), envFile) };
  // A variable that is set, be it to nothing, keeps the file's line from counting.
  const env: Record<string, string | undefined> = { ...file.values, ...io.env };
  const before = [...misspellings(file), ...hidden(file, io.env)];
  const { server, problem } = await embedded(env, io);
  if (server !== undefined) {
    for (const [variable, login] of Object.entries(URLS)) env[variable] = server.urls[login];
    markEmbeddedServer(env);
  }
  const fromEmbedded = new Set(server === undefined ? [] : Object.keys(URLS));
  return {
    sources: { env, fromEnvironment: new Set(Object.keys(io.env)), file: { path: file.path, lines: file.lines }, fromEmbedded },
    ...(server === undefined ? {} : { administratorUrl: server.urls.admin }),
    before: problem === undefined ? before : [...before, problem],
    close: async () => server?.release(),
  };
}

/** Joined where a service would join it. */
async function embedded(
  env: Readonly<Record<string, string | undefined>>,
  io: Pick<CliIo, 'err'>,
): Promise<{ server?: EmbeddedServer; problem?: CheckedDiagnosis }> {
  if (env['DATABASE_URL'] || env['NODE_ENV'] === 'production') return {};
  const set = [...Object.keys(URLS), 'DATABASE_DIRECT_URL'].filter((name) => env[name]);
  try {
    if (set.length > 0) throw new MixedServersError(set);
    const home = env['PLINTH_HOME'];
    return { server: await joinEmbeddedServer({ name: 'schema:doctor', onProgress: (text) => io.err(text), ...(home ? { home } : {}) }) };
  } catch (error) {
    if (!(error instanceof PlinthError)) throw error;
    return { problem: { check: CHECK, ...wrong('embedded server', error.message) } };
  }
}

function misspellings({ values, lines, path }: EnvFile): CheckedDiagnosis[] {
  return misspelt(Object.keys(values)).map(({ written, meant }) => ({
    check: CHECK,
    ...warning(written, `Line ${lines.get(written) ?? 0} of ${path} sets it, and nothing reads it.`, setting(`If ${meant} is meant, write that`)),
  }));
}

function hidden({ values, path }: EnvFile, env: CliIo['env']): CheckedDiagnosis[] {
  const names = Object.keys(values).filter((name) => name.startsWith('DATABASE') && env[name]?.trim() === '');
  return names.map((name) => ({
    check: CHECK,
    ...warning(name, `The environment sets it to nothing, which hides the line of ${path}.`, setting(`unset ${name}`)),
  }));
}
