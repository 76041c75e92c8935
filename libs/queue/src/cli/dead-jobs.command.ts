import type { Command } from 'commander';
import { openConfiguredDatabase, type Sql } from '#database';
import type { CliCommand, CliIo } from '#database/cli';
import { prepareEnvironment } from '#database/embedded';
import { listDeadJobs, retryDeadJobs, type DeadJobFilter } from '../operate/dead-jobs.js';

interface DeadJobOptions {
  readonly id?: readonly string[];
  readonly kind?: string;
  readonly org?: string;
}

interface ListOptions extends DeadJobOptions {
  readonly limit: string;
}

function declareFilter(command: Command): void {
  command
    .option('--id <ids...>', 'the jobs with these ids')
    .option('--kind <kind>', 'the jobs of this kind')
    .option('--org <id>', 'the jobs of this organization');
}

const filterOf = ({ id, kind, org }: DeadJobOptions): DeadJobFilter => ({ ids: id, kind, orgId: org });

/** Runs `work` as `app_queue` on the database of the environment, or on the embedded server. */
async function withQueue(work: (queue: Sql) => Promise<void>): Promise<void> {
  const prepared = await prepareEnvironment({ service: 'cli', migrate: false });
  try {
    const database = await openConfiguredDatabase({ applicationName: 'plinth-cli', pools: ['tenant', 'queue'] });
    try {
      await work(database.queue);
    } finally {
      await database.close();
    }
  } finally {
    await prepared.close();
  }
}

/** Shows the jobs that used up their attempts, the last to die first. */
export const queueDead: CliCommand<ListOptions> = {
  name: 'queue:dead',
  summary: 'list dead jobs with their errors, one JSON object a line',
  configure(command) {
    declareFilter(command);
    command.option('--limit <number>', 'at most so many', '100');
  },
  async run(options: ListOptions, io: CliIo) {
    await withQueue(async (queue) => {
      const jobs = await listDeadJobs(queue, filterOf(options), Number(options.limit));
      for (const job of jobs) io.out(JSON.stringify(job));
      io.err(jobs.length === 0 ? 'No job is dead.' : `Try them again with: npm run queue:retry -- --id <id>`);
    });
  },
};

/** Gives dead jobs all their attempts again. */
export const queueRetry: CliCommand<DeadJobOptions> = {
  name: 'queue:retry',
  summary: 'give dead jobs all their attempts again; say which by --id, --kind or --org',
  configure: declareFilter,
  async run(options: DeadJobOptions, io: CliIo) {
    await withQueue(async (queue) => {
      const count = await retryDeadJobs(queue, filterOf(options));
      io.out(`${count} ${count === 1 ? 'job' : 'jobs'} will run again.`);
    });
  },
};
