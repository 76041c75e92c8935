import { dataOf, type components } from '#client';
import type { PlinthCommand } from '../command.js';
import { money } from '../terminal/units.js';
import { configureList, pages, show, wholeNumber, type ListOptions } from './pages.js';

type Run = components['schemas']['RunResponse'];

interface RunsOptions extends ListOptions {
  readonly id?: string;
  /** Not checked here: the API knows which there are. */
  readonly status?: Run['status'];
  readonly agent?: string;
}

const HEADINGS = ['ID', 'AGENT', 'STATUS', 'STEPS', 'TOKENS', 'COST', 'MADE'];
const rowOf = (run: Run): string[] => [
  run.id,
  run.agentName,
  run.errorCode === null ? run.status : `${run.status} ${run.errorCode}`,
  String(run.stepCount),
  String(run.totalTokens),
  money(run.costMicros),
  run.createdAt,
];

export const runs: PlinthCommand<RunsOptions> = {
  usage: 'runs',
  summary: 'list the runs, newest first',
  examples: ['runs', 'runs --status FAILED --limit 10', 'runs --agent "Invoice helper" --json', 'runs --id 0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c'],
  configure(command) {
    configureList(command);
    command
      .option('--id <id>', 'this one')
      .option('--status <status>', 'only those in this state, as RUNNING')
      .option('--agent <name>', 'only those of this agent');
  },
  async run(context, { limit, id, status, agent }) {
    const client = await context.client();
    const found =
      id === undefined
        ? await pages(wholeNumber('--limit', limit), async (page) =>
            dataOf(client.GET('/v1/runs', { params: { query: { ...page, status, agentName: agent } } })),
          )
        : [await dataOf(client.GET('/v1/runs/{id}', { params: { path: { id } } }))];
    show(context, found, HEADINGS, rowOf, 'There is no run. Start one: npm run plinth -- run --help');
  },
};
