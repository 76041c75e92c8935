import type { FixOptions, FixReport } from '../../schema/manager/schema-manager.types.js';
import type { CliCommand, CliIo, ExitCode } from '../command.js';
import { InvalidOptionError } from '../errors.js';
import { coloursOf } from '../schema/colours.js';
import { findingLines } from '../schema/finding-lines.js';
import { declareServerOptions, withManager, type ServerOptions } from '../schema/open-manager.js';
import { planLines } from '../schema/step-lines.js';

export interface FixCommandOptions extends ServerOptions {
  readonly only?: readonly string[];
  readonly dryRun?: boolean;
  readonly destructive?: boolean;
  readonly receipt?: string;
  readonly backupId?: string;
}

/** Repairs drift: rehearsed on a clone, applied step by step, looked at again, and written into the ledger. */
export const schemaFix: CliCommand<FixCommandOptions> = {
  name: 'schema:fix',
  summary: 'repair drift, after a rehearsal on a clone of the structure; what can lose values needs three flags',
  configure(command) {
    declareServerOptions(command)
      .option('--only <names...>', 'only these findings, by key or by code')
      .option('--dry-run', 'rehearse, print the measured steps, change nothing')
      .option('--destructive', 'also steps that can lose values; needs AUTO_SCHEMA_DESTRUCTIVE=true and a receipt')
      .option('--receipt <archive>', 'the archive of npm run db:backup')
      .option('--backup-id <id>', 'a backup made by other means and attested with npm run db:attest')
      .addHelpText('after', '\nExit code 0: no drift is left. 1: some is left, and it is printed. 2: could not look; nothing was changed.');
  },
  async run({ receipt, backupId, only, dryRun, destructive, ...options }, io): Promise<ExitCode> {
    if (receipt !== undefined && backupId !== undefined)
      throw new InvalidOptionError('--receipt', new Error('and --backup-id are two ways of saying the same. Give one.'));
    const fix: FixOptions = {
      ...(only === undefined ? {} : { only }),
      ...(dryRun === undefined ? {} : { dryRun }),
      ...(destructive === undefined ? {} : { destructive }),
      ...(receipt === undefined ? {} : { receipt: { archive: receipt } }),
      ...(backupId === undefined ? {} : { receipt: { backupId } }),
    };
    return withManager(options, io, async (manager) => {
      const report = await manager.fixSchema(fix);
      if (options.json === true) io.out(JSON.stringify(report, null, 2));
      else print(report, io);
      return report.left.length === 0 ? 0 : 1;
    });
  },
};

function print(report: FixReport, io: CliIo): void {
  const colours = coloursOf(io);
  for (const line of planLines(report.plan, colours)) io.out(line);
  io.out('');
  for (const { step, reason } of report.failed) io.out(colours.bad(`Refused: step ${step.number}, ${step.sql.split('\n', 1)[0] ?? ''}: ${reason}`));
  if (report.outcome === 'rehearsed')
    return io.out(colours.good('Rehearsed on a clone: every step ran, and nothing differed afterwards. Nothing was changed.'));
  if (report.outcome === 'repaired')
    io.out(colours.good(`Repaired: ${report.done.length} ${report.done.length === 1 ? 'step' : 'steps'} done, and the comparison is empty.`));
  if (report.left.length > 0) io.out(colours.warn(`${report.left.length} left:`));
  for (const finding of report.left) for (const line of findingLines(finding, colours)) io.out(line);
  if (report.ledgerId !== null) io.out(colours.dim(`Written into app.schema_ledger as ${report.ledgerId}.`));
}
