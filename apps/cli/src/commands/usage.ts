import { dataOf } from '#client';
import type { PlinthCommand } from '../command.js';
import { UsageError } from '../errors.js';
import { table } from '../terminal/table.js';
import { money } from '../terminal/units.js';

interface UsageOptions {
  readonly from?: string;
  readonly to?: string;
}

export const usage: PlinthCommand<UsageOptions> = {
  usage: 'usage',
  summary: 'what the organization has used: this month so far, or some days',
  examples: ['usage', 'usage --from 2026-11-01 --to 2026-11-30', 'usage --json'],
  configure(command) {
    command.option('--from <date>', 'the first day, as 2026-11-01').option('--to <date>', 'the last day');
  },
  async run({ terminal, isJson, client }, { from, to }) {
    if ((from === undefined) !== (to === undefined)) throw new UsageError('PERIOD_INCOMPLETE', 'Give --from and --to, or neither for this month so far.');
    const plinth = await client();
    const used = await (from === undefined || to === undefined
      ? dataOf(plinth.GET('/v1/usage/current'))
      : dataOf(plinth.GET('/v1/usage', { params: { query: { from, to } } })));
    if (isJson) {
      terminal.out(JSON.stringify(used));
      return;
    }
    terminal.out(`${used.runs} runs, ${used.tokens} tokens, cost ${money(used.costMicros)}`);
    const models = Object.entries(used.models);
    if (models.length > 0) {
      terminal.out(
        table(
          ['MODEL', 'CALLS', 'TOKENS', 'COST'],
          models.map(([name, one]) => [name, String(one.calls), String(one.inputTokens + one.outputTokens), money(one.costMicros)]),
        ),
      );
    }
  },
};
