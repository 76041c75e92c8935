import pg from 'pg';
import { TlsConfig } from '../../config/areas/tls.config.js';
import { connectionOptions } from '../../config/connection-url.js';
import { loadConfig } from '../../config/load-config.js';
import { requiredUrl } from '../../config/required-url.js';
import { prepareEnvironment } from '../../embedded/prepare-environment.js';
import { repositoryRoot } from '../../embedded/home.js';
import { COMMITTED } from '../../health/fingerprint/committed.generated.js';
import { describeFingerprint, judge, type Judgement } from '../../health/fingerprint/judge.js';
import { readFingerprint } from '../../health/fingerprint/read-fingerprint.js';
import { readMigrationState } from '../../health/migration-state.js';
import { reasonOf } from '../../health/finding.js';
import type { CliCommand, CliIo, ExitCode } from '../command.js';
import { makeFingerprints } from '../make-fingerprints.js';

export interface FingerprintOptions {
  readonly json?: boolean;
  readonly write?: boolean;
  readonly all?: boolean;
}

const EXIT_CODES: Readonly<Record<Judgement['outcome'], ExitCode>> = { same: 0, drift: 1, 'not judged': 2 };

/**
 * What health compares, for an operator: both fingerprints of the database of DATABASE_URL (or the embedded one), as its weak login, and
 * the objects that differ from the committed ones. Exit code 0: the same, 1: drift, 2: could not look or not judged.
 */
export const schemaFingerprint: CliCommand<FingerprintOptions> = {
  name: 'schema:fingerprint',
  summary: 'print both fingerprints of the schema and what differs from the migrations: 0 same, 1 drift, 2 could not look',
  configure(command) {
    command
      .option('--json', 'print the answer as JSON')
      .option('--write', 'make the committed hashes anew, from the migrations in a database of their own; touches no other data')
      .option('--all', 'with --write: for every supported PostgreSQL version, of the packages in .ci/postgres');
  },
  async run({ json = false, write = false, all = false }, io): Promise<ExitCode> {
    if (write) return writeCommitted(all, io);
    const judgement = await look(io);
    if (typeof judgement === 'string') {
      if (json) io.out(JSON.stringify({ outcome: 'could not look', reason: judgement }, null, 2));
      else io.err(`Could not look: ${judgement}`);
      return EXIT_CODES['not judged'];
    }
    io.out(json ? JSON.stringify(judgement, null, 2) : describeFingerprint(judgement));
    return EXIT_CODES[judgement.outcome];
  },
};

/** The judgement, or why there is none. */
async function look(io: CliIo): Promise<Judgement | string> {
  try {
    return await judgeDatabase(io);
  } catch (error) {
    return reasonOf(error);
  }
}

async function judgeDatabase(io: CliIo): Promise<Judgement> {
  const prepared = await prepareEnvironment({ service: 'cli', migrate: false });
  const client = new pg.Client(
    connectionOptions(requiredUrl('DATABASE_URL', io.env), loadConfig(TlsConfig, io.env), { application_name: 'plinth-fingerprint' }),
  );
  client.on('error', () => undefined);
  try {
    await client.connect();
    const query = async <R extends object>(text: string): Promise<R[]> => [await client.query<R>(text)].flat().at(-1)?.rows ?? [];
    const state = await readMigrationState(query);
    return judge(await readFingerprint(query), state, COMMITTED);
  } finally {
    await client.end();
    await prepared.close();
  }
}

async function writeCommitted(all: boolean, io: CliIo): Promise<ExitCode> {
  const { path, head, majors, dropped } = await makeFingerprints(repositoryRoot(), { all, onProgress: (text) => io.err(text) });
  io.err(`Wrote ${path}: "${head}" on PostgreSQL ${majors.join(', ')}.`);
  if (dropped.length > 0) io.err(`What was known of PostgreSQL ${dropped.join(', ')} was of another schema, and is gone. Make it anew with --write --all.`);
  return 0;
}
