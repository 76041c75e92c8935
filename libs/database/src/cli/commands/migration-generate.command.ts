import { createInterface } from 'node:readline/promises';
import { repositoryRoot } from '../../embedded/home.js';
import { joinEmbeddedServer } from '../../embedded/join.js';
import { readEnvFile } from '../../embedded/prepare-environment.js';
import type { GenerateOptions, GenerateReport } from '../../schema/generate/generate-migration.js';
import type { CliCommand, CliIo, ExitCode } from '../command.js';
import { createMigration } from '../migrations/new-migration.js';

export interface MigrationGenerateOptions {
  readonly rename: readonly string[];
  readonly renameTable: readonly string[];
  readonly allowLoss: readonly string[];
  readonly fill: readonly string[];
  readonly timestamp?: string;
  readonly dryRun?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
}

const each = (value: string, before: readonly string[]): string[] => [...before, value];

/** What the entities declare and no migration makes, as a migration. Works on scratch databases of the embedded server. */
export const migrationGenerate: CliCommand<MigrationGenerateOptions> = {
  name: 'migration:generate',
  summary: 'write the migration that is missing between the entities and the migrations',
  configure(command) {
    command
      .argument('[name]', 'what it does, in lower case with hyphens: add-note')
      .option('--rename <table.old=table.new>', 'a column that has another name now; may be given several times', each, [])
      .option('--rename-table <old=new>', 'a table that has another name now; may be given several times', each, [])
      .option('--allow-loss <table.column>', 'a column, or a table, whose values may be lost; may be given several times', each, [])
      .option('--fill <table.column=SQL>', 'what the rows that exist get in a column that may not be null; may be given several times', each, [])
      .option('--timestamp <milliseconds>', 'the time in its name (default: now)')
      .option('--dry-run', 'print what would be written, and write nothing')
      .option('--check', 'write nothing; exit code 1 where a migration is missing')
      .option('--json', 'print what was found and made as JSON')
      .addHelpText(
        'after',
        '\nExit code 0: written, or nothing is missing; 1: with --check, a migration is missing; otherwise an error, and nothing was written.',
      );
  },
  async run(options, io, [name]) {
    readEnvFile();
    // The embedded server whatever DATABASE_URL says: scratch databases belong on nobody else's.
    const server = await joinEmbeddedServer({ name: 'migration:generate', onProgress: (text) => io.err(text) });
    try {
      const target = { scratchUrl: server.urls.admin, ownerUrl: server.urls.owner };
      return await (options.check === true ? check(target, options, io) : generate(target, name, options, io));
    } finally {
      await server.release();
    }
  },
};

type Target = Parameters<typeof import('../../schema/generate/generate-migration.js').generateMigration>[0];

async function check(target: Target, { json = false }: MigrationGenerateOptions, io: CliIo): Promise<ExitCode> {
  const { compareEntitiesWithMigrations } = await import('../../schema/expected/entities-against-migrations.js');
  const differences = await compareEntitiesWithMigrations(target);
  if (json) io.out(JSON.stringify({ differences }, null, 2));
  else for (const { verb, fact } of differences) io.out(`${verb} in the migrations: ${fact.kind} ${fact.name}`);
  if (differences.length === 0) return sayNothingMissing(io, json);
  io.err('Write the migration: npm run migration:generate -- <name>');
  return 1;
}

async function generate(target: Target, name: string | undefined, options: MigrationGenerateOptions, io: CliIo): Promise<ExitCode> {
  // Loaded here only: the comparing library is large, and no other command shall carry it.
  const [{ generateMigration }, { checkName }] = await Promise.all([
    import('../../schema/generate/generate-migration.js'),
    import('../../schema/generate/names.js'),
  ]);
  const { json = false, dryRun = false } = options;
  const report = await generateMigration(target, checkName(name), await declarationsOf(options));
  if (report.migrations.length === 0) {
    if (json) io.out(JSON.stringify({ ...report, written: [] }, null, 2));
    return sayNothingMissing(io, json);
  }
  const written = dryRun ? [] : await write(report);
  if (json) io.out(JSON.stringify({ ...report, written }, null, 2));
  else if (dryRun) for (const { file, source } of report.migrations) io.out(`// ${file}\n${source}`);
  else for (const path of written) io.out(path);
  if (!dryRun) io.err('Read it: its head says what it locks, rewrites and loses. Then npm run migration:run, and commit it with the entity.');
  return 0;
}

function sayNothingMissing(io: CliIo, json: boolean): ExitCode {
  if (!json) io.out('Nothing is missing: the migrations make what the entities declare.');
  return 0;
}

async function declarationsOf(options: MigrationGenerateOptions): Promise<GenerateOptions> {
  const [{ parseColumnRename, parseTableRename }, { parseFill }, { askForRenames }] = await Promise.all([
    import('../../schema/generate/declared/rename.js'),
    import('../../schema/generate/declared/fill.js'),
    import('../migrations/ask-renames.js'),
  ]);
  return {
    renames: [...options.renameTable.map(parseTableRename), ...options.rename.map(parseColumnRename)],
    allowLoss: options.allowLoss,
    fills: options.fill.map(parseFill),
    ...(options.timestamp === undefined ? {} : { timestamp: Number(options.timestamp) }),
    ...(process.stdin.isTTY && process.stderr.isTTY ? { decide: (candidates) => askForRenames(candidates, askOnTerminal) } : {}),
  };
}

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** The files and the list that names them; paths from the root of the checkout. */
async function write({ migrations }: GenerateReport): Promise<string[]> {
  const written = new Set<string>();
  for (const { file, className, source } of migrations) {
    const name = file.replace(/^\d+-|\.ts$/g, '');
    const made = await createMigration({
      name,
      now: Number(/^\d+/.exec(file)?.[0]),
      root: repositoryRoot(),
      // The list may have grown since this program was built: then the time is a later one.
      text: (listed) => source.replaceAll(className, listed),
    });
    for (const path of made.written) written.add(path);
  }
  return [...written];
}
