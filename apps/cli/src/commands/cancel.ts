import { dataOf } from '#client';
import type { PlinthCommand } from '../command.js';

export const cancel: PlinthCommand = {
  usage: 'cancel <run-id>',
  summary: 'cancel a run, with the runs that it called',
  examples: ['cancel 0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c'],
  async run({ terminal, isJson, client }, _options, [id = '']) {
    const run = await dataOf((await client()).POST('/v1/runs/{id}/cancel', { params: { path: { id } } }));
    terminal.out(isJson ? JSON.stringify(run) : `The run is ${run.status.toLowerCase()}.`);
  },
};
