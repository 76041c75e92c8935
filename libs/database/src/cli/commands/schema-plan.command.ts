import type { CliCommand, ExitCode } from '../command.js';
import { coloursOf } from '../schema/colours.js';
import { declareServerOptions, withManager, type ServerOptions } from '../schema/open-manager.js';
import { planLines } from '../schema/step-lines.js';

export interface PlanOptions extends ServerOptions {
  readonly only?: readonly string[];
  readonly destructive?: boolean;
}

/** What a repair would do, without rehearsing it. */
export const schemaPlan: CliCommand<PlanOptions> = {
  name: 'schema:plan',
  summary: 'say how the drift would be repaired: each step with its lock, what it rewrites and what it can lose',
  configure(command) {
    declareServerOptions(command)
      .option('--only <names...>', 'only these findings, by key or by code')
      .option('--destructive', 'plan also what can lose values')
      .addHelpText(
        'after',
        '\nThe locks are those of the manual; npm run schema:fix -- --dry-run measures them on a clone.\nExit code 0: nothing to repair. 1: something. 2: could not look.',
      );
  },
  async run({ only, destructive = false, ...options }, io): Promise<ExitCode> {
    return withManager(options, io, async (manager) => {
      const plan = await manager.planFix({ destructive, ...(only === undefined ? {} : { only }) });
      if (options.json === true) io.out(JSON.stringify(plan, null, 2));
      else for (const line of planLines(plan, coloursOf(io))) io.out(line);
      return plan.steps.length === 0 && plan.manual.length === 0 ? 0 : 1;
    });
  },
};
