import { repositoryRoot } from '../../embedded/home.js';
import { joinEmbeddedServer } from '../../embedded/join.js';
import { readEnvFile } from '../../embedded/prepare-environment.js';
import type { CheckReport } from '../../schema/lint/check/part.js';
import type { CliCommand, CliIo, ExitCode } from '../command.js';

export interface MigrationCheckOptions {
  readonly all?: boolean;
  readonly since?: string;
  readonly stopAfter?: string;
  readonly checkout?: string;
  readonly json?: boolean;
}

/** The gate before a merge. Works on scratch databases of the embedded server; looks at no database of anybody's. */
export const migrationCheck: CliCommand<MigrationCheckOptions> = {
  name: 'migration:check',
  summary: 'the gate before a merge: are the new migrations complete, safe, reversible, and do old replicas go on working?',
  configure(command) {
    command
      .option('--all', 'every migration, not only those that the main branch does not have')
      .option('--since <ref>', 'new is what this branch or commit does not have (default: the main branch)')
      .option('--stop-after <milliseconds>', 'stop the clock so long after the start, and say what was left to CI')
      .option('--checkout <folder>', 'the checkout whose git is asked (default: that of this program)')
      .option('--json', 'print the report as JSON')
      .addHelpText('after', '\nExit code 0: every question held; 1: something was found; 2: nothing was found, but a question could not be looked at.');
  },
  async run({ json = false, ...options }, io): Promise<ExitCode> {
    readEnvFile();
    const report = await check(options, io);
    const [{ renderCheck }, { exitCodeOf }] = await Promise.all([import('../../schema/lint/check/render.js'), import('../../schema/lint/check/part.js')]);
    io.out(json ? JSON.stringify(report, null, 2) : renderCheck(report));
    const code = exitCodeOf(report);
    // What was left is under way still, and nobody waits for it: its scratch databases carry their hour in their names, and a later run drops them.
    if (report.parts.some(({ outcome }) => outcome === 'left')) process.exit(code);
    return code;
  },
};

async function check({ all = false, since, stopAfter, checkout }: MigrationCheckOptions, io: CliIo): Promise<CheckReport> {
  const root = checkout ?? repositoryRoot();
  // The embedded server whatever DATABASE_URL says: scratch databases and their roles belong on nobody else's.
  const server = await joinEmbeddedServer({ name: 'migration:check', onProgress: (text) => io.err(text) });
  try {
    // Loaded here only: the comparing library and PostgreSQL's grammar are large, and no other command shall carry them.
    const [{ CHECK_PARTS }, { runCheck }, { chooseMigrations }, { migrations }] = await Promise.all([
      import('../../schema/lint/check/check.js'),
      import('../../schema/lint/check/run-check.js'),
      import('../../schema/lint/check/new-migrations.js'),
      import('../../migrations/index.js'),
    ]);
    const chosen = await chooseMigrations(root, migrations, { all, ...(since === undefined ? {} : { since }) });
    const { login, privileged, queue, owner, admin } = server.urls;
    const ground = { root, server: { scratchUrl: admin, ownerUrl: owner }, logins: { login, privileged, queue }, chosen };
    // Counted from the start of the process: loading is part of what a person waits for.
    const clock = stopAfter === undefined ? {} : { stopAfterMs: Math.max(0, Number(stopAfter) - performance.now()) };
    return await runCheck(ground, CHECK_PARTS, { ...clock, onPart: ({ asks }) => io.err(asks) });
  } finally {
    await server.release();
  }
}
