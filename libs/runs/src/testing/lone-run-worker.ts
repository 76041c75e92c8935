import 'reflect-metadata';
import { writeSync } from 'node:fs';
import { createLogger, openDatabase, type TenantConnection } from '#database';
import { createQueueWorker, defineCatalogue } from '#queue';
import { RunEngine } from '../engine/run-engine.js';
import { RunWatch } from '../engine/run-watch.js';
import { storedAgents } from '../persistence/agent-source.js';
import { runAdvance } from '../run-advance.job-definition.js';
import { ToolRegistry } from '../tools/tool-registry.js';
import { chargeTool, ScriptedModel, type Around } from './scripted-run.js';

/*
 * A worker of runs in a process of its own, for specs that kill it. It kills itself at the point of its work that it is told: before or
 * after a statement, a transaction, a call. It says on its output which point that was.
 */
interface Orders {
  readonly urls: { readonly login: string; readonly queue: string };
  /** Where calls are counted. */
  readonly counter: string;
  /** The point at which it dies, from 0. */
  readonly dieAt: number;
  readonly leaseMs: number;
}

const { urls, counter, dieAt, leaseMs } = JSON.parse(process.argv[2] ?? '{}') as Orders;
let passed = 0;

function point(name: string): void {
  if (passed++ !== dieAt) return;
  writeSync(1, name);
  process.kill(process.pid, 'SIGKILL');
}

const around: Around = async (name, work) => {
  point(`before ${name}`);
  const result = await work();
  point(`after ${name}`);
  return result;
};

/** The same connection, with a point before and after each statement and each transaction. */
function watched(db: TenantConnection): TenantConnection {
  return new Proxy(db, {
    get(target, property) {
      if (property === 'query') return (text: string, parameters: object) => around(nameOf(text), () => target.query(text, { ...parameters }));
      if (property === 'transaction') return (work: Parameters<TenantConnection['transaction']>[0]) => around('transaction', () => target.transaction(work));
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** What a statement does, by the first name in it. */
function nameOf(text: string): string {
  return /with (?:recursive )?(\w+)/.exec(text)?.[1] ?? /from app\.(\w+)/.exec(text)?.[1] ?? 'statement';
}

const logger = createLogger('lone-run-worker');
logger.level = 'silent';
const database = await openDatabase({ urls });
const engine = new RunEngine({
  model: new ScriptedModel(counter, around),
  tools: new ToolRegistry([chargeTool(counter, around)]),
  agents: storedAgents,
  defaultModel: 'scripted',
  database,
  watch: new RunWatch(database),
});
const worker = createQueueWorker({
  database,
  catalogue: defineCatalogue(runAdvance),
  handlers: {
    'run.advance': { handle: async ({ payload, db, ...work }) => void (await engine.advance({ ...work, ...payload, db: watched(db) })) },
  },
  options: { concurrency: 1, leaseMs, pollIntervalMs: 50 },
  logger,
});
writeSync(1, 'ready\n');
await worker.start();
