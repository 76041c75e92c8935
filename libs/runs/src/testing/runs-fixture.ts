import { createLogger, RunsConfig, runWithContext, currentContext, type Database, type RunEventType } from '#database';
import { createOrganization, createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { createQueueWorker, defineCatalogue, type QueueOptions, type QueueWorker } from '#queue';
import { RunEngine } from '../engine/run-engine.js';
import { RunWatch } from '../engine/run-watch.js';
import type { LanguageModel } from '../models/model.js';
import { storedAgents } from '../persistence/agent-source.js';
import { runAdvance } from '../run-advance.job-definition.js';
import { RunsService } from '../runs.service.js';
import type { Tool } from '../tools/tool.js';
import { ToolRegistry } from '../tools/tool-registry.js';

/** An organization of a test, with the services that its requests would use. */
export interface RunsOrganization {
  readonly orgId: string;
  readonly userId: string;
  readonly runs: RunsService;
  /** Makes an agent with these tools. */
  agent(name: string, tools?: readonly string[]): Promise<void>;
  /** Starts a run of the agent. Answers its id. */
  start(agent: string, prompt?: string): Promise<string>;
  /** Runs `work` as the organization's owner over HTTP would. */
  asOwner<T>(work: () => Promise<T>): Promise<T>;
}

/** A database of its own for a spec of runs, with the workers it started. */
export interface RunsFixture {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly config: RunsConfig;
  organization(): Promise<RunsOrganization>;
  engine(model: LanguageModel, tools?: readonly Tool[]): RunEngine;
  /** Starts a worker with this model; it is drained by `drop`, or by the test. */
  worker(model: LanguageModel, tools?: readonly Tool[], options?: Partial<QueueOptions>): Promise<QueueWorker>;
  /** Rows as a superuser sees them. */
  rows<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** The events of a run, as `TYPE` or `TYPE status`. */
  told(runId: string): Promise<string[]>;
  drop(): Promise<void>;
}

const silent = createLogger('runs-test');
silent.level = 'silent';

export async function createRunsFixture(settings: Partial<RunsConfig> = {}): Promise<RunsFixture> {
  const test = await createTestDatabase();
  const database = await test.open();
  const config: RunsConfig = { ...new RunsConfig(), ...settings };
  const workers: QueueWorker[] = [];
  const watches: RunWatch[] = [];
  const rows = <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> =>
    withAdmin(test.urls.admin, async (admin) => (await admin.query<R>(text, [...values])).rows);
  const engine = (model: LanguageModel, tools: readonly Tool[] = []): RunEngine => {
    const watch = new RunWatch(database);
    watches.push(watch);
    return new RunEngine({ model, tools: new ToolRegistry(tools), agents: storedAgents, defaultModel: 'stub', database, watch });
  };
  return {
    test,
    database,
    config,
    rows,
    engine,
    organization: async () => organizationOf(database, config, await createOrganization(test)),
    async worker(model, tools = [], options = {}) {
      const running = engine(model, tools);
      const worker = createQueueWorker({
        database,
        catalogue: defineCatalogue(runAdvance),
        handlers: { 'run.advance': { handle: async ({ payload, ...work }) => void (await running.advance({ ...work, ...payload })) } },
        options: { leaseMs: 2_000, pollIntervalMs: 200, ...options },
        logger: silent,
      });
      workers.push(worker);
      await worker.start();
      return worker;
    },
    async told(runId) {
      const events = await rows<{ type: RunEventType; status: string | null }>(
        `select type, data ->> 'status' as status from app.run_event where run_id = $1 order by number`,
        [runId],
      );
      return events.map(({ type, status }) => (status === null ? type : `${type} ${status}`));
    },
    async drop() {
      await Promise.all(workers.map((worker) => worker.drain()));
      await Promise.all(watches.map((watch) => watch.close()));
      await test.drop();
    },
  };
}

function organizationOf(database: Database, config: RunsConfig, { orgId, userId }: { orgId: string; userId: string }): RunsOrganization {
  const runs = new RunsService(database.tenant(orgId), config, storedAgents);
  return {
    orgId,
    userId,
    runs,
    async agent(name, tools = []) {
      await database
        .tenant(orgId)
        .execute(
          `insert into app.agent (org_id, id, name, model, system_prompt, tools) values (:orgId, gen_random_uuid(), :name, 'stub', 'You help.', :tools::text[])`,
          { name, tools },
        );
    },
    start: async (agent, prompt = 'Do it.') => (await runs.start({ agent: { name: agent }, prompt })).id,
    asOwner: (work) =>
      runWithContext({ requestId: 'test' }, () => {
        currentContext()?.setPrincipal({ userId, orgId, actorType: 'USER', actorId: userId, role: 'OWNER', scopes: [] });
        return work();
      }),
  };
}

/** Waits until `condition` holds, looking every few milliseconds; fails after `timeoutMs`, naming what was waited for. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${timeoutMs} ms until ${what}.`);
    await new Promise<void>((resolve) => setTimeout(resolve, 10));
  }
}

/** Waits until the run is in this state. */
export async function untilRun(runs: RunsService, id: string, status: string, timeoutMs = 15_000): Promise<void> {
  let seen = '';
  await until(`run ${id} is ${status}`, async () => (seen = (await runs.get(id)).status) === status, timeoutMs).catch((error: unknown) => {
    throw new Error(`The run is ${seen}.`, { cause: error });
  });
}
