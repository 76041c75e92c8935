import type { SchemaReport } from '../../schema/compare/finding.js';
import type { CliCommand, CliIo, ExitCode } from '../command.js';
import { InvalidOptionError } from '../errors.js';
import { coloursOf } from '../schema/colours.js';
import { reportLines } from '../schema/finding-lines.js';
import { declareServerOptions, withManager, type ServerOptions } from '../schema/open-manager.js';

export interface CheckOptions extends ServerOptions {
  /** Keys of findings to accept. */
  readonly accept?: readonly string[];
  readonly reason?: string;
}

type Looked = Exclude<SchemaReport, { outcome: 'could-not-look' }>;

/** Every difference between the database and the migrations. Changes nothing in the database. */
export const schemaCheck: CliCommand<CheckOptions> = {
  name: 'schema:check',
  summary: 'compare the database with what the migrations make; exit code 0 same, 1 drift, 2 could not look',
  configure(command) {
    declareServerOptions(command)
      .option('--accept <keys...>', 'write these findings into the baseline: only new drift counts from then on')
      .option('--reason <text>', 'why they are accepted')
      .addHelpText('after', '\nExit code 0: no drift beside the baseline. 1: drift. 2: could not look, so nothing is known.');
  },
  async run(options, io): Promise<ExitCode> {
    if (options.accept !== undefined && !options.reason?.trim())
      throw new InvalidOptionError('--accept', new Error('needs a --reason, which stands in the baseline.'));
    return withManager(options, io, async (manager, { baselineFile }) => {
      const report = await manager.validateSchema();
      if (report.outcome === 'could-not-look') return couldNotLook(report, options, io);
      if (options.accept !== undefined) return accept(report, options.accept, options.reason ?? '', baselineFile ?? '', io);
      if (options.json === true) io.out(JSON.stringify(report, null, 2));
      else for (const line of reportLines(report, coloursOf(io))) io.out(line);
      return report.outcome === 'same' ? 0 : 1;
    });
  },
};

function couldNotLook(report: Extract<SchemaReport, { outcome: 'could-not-look' }>, { json }: CheckOptions, io: CliIo): ExitCode {
  if (json === true) io.out(JSON.stringify(report, null, 2));
  else io.err(`Could not look: ${report.reason}`);
  return 2;
}

async function accept(report: Looked, keys: readonly string[], reason: string, file: string, io: CliIo): Promise<ExitCode> {
  const { acceptDrift } = await import('../../schema/compare/baseline.js');
  const chosen = report.findings.filter(({ key }) => keys.includes(key));
  const unknown = keys.filter((key) => !chosen.some((finding) => finding.key === key));
  if (unknown.length > 0)
    throw new InvalidOptionError(
      '--accept',
      new Error(`names "${unknown.join('", "')}", which no finding has. npm run schema:check -- --json shows the keys.`),
    );
  await acceptDrift(file, chosen, [...report.findings, ...report.accepted], reason);
  io.err(`Accepted ${chosen.length} ${chosen.length === 1 ? 'finding' : 'findings'} in "${file}". Commit the file.`);
  return chosen.length === report.findings.length ? 0 : 1;
}
