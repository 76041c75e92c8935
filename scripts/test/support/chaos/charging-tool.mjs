/**
 * Loaded into a worker before its own code: a tool with side effects, as an installation would add one. Each call leaves a line in the
 * file of CHAOS_CHARGES, the id of its step, half way through what it takes: a worker that dies may or may not have got that far.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { INSTALLED_TOOLS } from '../../../../dist/libs/runs/src/tools/installed-tools.js';

const HALF_MS = 60;

INSTALLED_TOOLS.push({
  name: 'charge',
  description: 'Charges an account. Costs something.',
  parameters: { type: 'object', properties: { account: { type: 'string' } }, required: ['account'], additionalProperties: false },
  hasSideEffects: true,
  async call({ args, caller, signal }) {
    await pause(HALF_MS, undefined, { signal });
    appendFileSync(process.env.CHAOS_CHARGES, `${caller.stepId}\n`);
    await pause(HALF_MS, undefined, { signal });
    return `Charged ${args.account}.`;
  },
});
