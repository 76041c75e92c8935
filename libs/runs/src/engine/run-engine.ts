import { newId, type Database, type Logger, type TenantConnection, type Tx } from '#database';
import { enqueue, LeaseLostError, WorkerDrainingError } from '#queue';
import { writeBoundary, type Boundary, type RunCounts, type RunMove } from '../persistence/boundary.js';
import { isHeld } from '../persistence/held.js';
import { lockParent, wakeParent } from '../persistence/nested-runs.js';
import { takeOver, type HeldRun, type HeldStep } from '../persistence/take-over.js';
import type { RunFailureCode } from '../runs.types.js';
import { carryOut } from '../steps/carry-out.js';
import type { CallGuard, StepOutcome, StepTools } from '../steps/step-work.js';
import { taskSettle } from '../tasks/task-settle.job-definition.js';
import { guardCall } from './guard-call.js';
import { isOutage } from './outage.js';
import { nextAction, useOf, type NextAction } from './next-action.js';
import { afterBoundary, openStep, waitedMs, withEnd, type Progress } from './progress.js';
import type { RunWatch } from './run-watch.js';
import { writeThrough } from './write-through.js';

/** One turn of a run. */
export interface AdvanceWork {
  readonly db: TenantConnection;
  readonly runId: string;
  readonly turn: number;
  /** The job's: aborted when its lease is lost, or at the end of the worker's drain. */
  readonly signal: AbortSignal;
  /** Aborted when the worker begins to drain: the run stops between two steps, and another worker takes it over. */
  readonly draining: AbortSignal;
  readonly logger: Logger;
}

/** How a turn of a run came out; GONE: it was not to be taken, or somebody else has it now. */
export type AdvanceOutcome = 'COMPLETED' | 'FAILED' | 'WAITS' | 'GONE';

/** What the engine needs beside what steps need. */
export interface EngineTools extends StepTools {
  readonly database: Pick<Database, 'tenant'>;
  readonly watch: RunWatch;
}

/**
 * Takes runs on, step by step. All state is in the rows: a worker may die anywhere, and another one goes on from the last step that
 * ended.
 */
export class RunEngine {
  constructor(private readonly tools: EngineTools) {}

  /**
   * Takes a run on until it ends or waits. Resolves also when the run fails.
   * @throws WorkerDrainingError between two steps of a worker that drains; what says that the database is away
   */
  async advance(work: AdvanceWork): Promise<AdvanceOutcome> {
    const taken = await takeOver(work.db, work.runId, work.turn);
    if (taken === undefined) return 'GONE';
    const turn = new Turn(work, this.tools, { run: taken.run, steps: taken.steps });
    try {
      return await turn.run(taken.isFresh);
    } catch (error) {
      if (error instanceof WorkerDrainingError || error instanceof LeaseLostError || isOutage(error)) throw error;
      work.logger.error({ err: error, runId: work.runId }, 'a run failed on our side');
      return await turn.fail();
    }
  }
}

/** Why a run failed, and the step that it was in. */
interface Failure {
  readonly errorCode: RunFailureCode;
  readonly errorMessage: string;
}

const UNKNOWN: Failure = {
  errorCode: 'CALL_OUTCOME_UNKNOWN',
  errorMessage:
    'The worker ended while this call was under way. It may have been carried out and paid for, so it is not repeated. Start the run again if that does no harm.',
};
const INTERNAL: Failure = {
  errorCode: 'INTERNAL',
  errorMessage: 'The run failed on our side. The log says why; start it again once that is mended.',
};

/** A run in the hands of this worker, from take-over to end or wait. */
class Turn {
  readonly #takenAt = performance.now();

  constructor(
    private readonly work: AdvanceWork,
    private readonly tools: EngineTools,
    private progress: Progress,
  ) {}

  async run(isFresh: boolean): Promise<AdvanceOutcome> {
    const open = openStep(this.progress);
    if (open?.called === true && !isFresh) return this.#end(open, UNKNOWN);
    for (;;) {
      const action = this.#next(this.progress);
      if (action.type !== 'CARRY_ON') {
        const outcome = await this.#write(boundaryOf(action));
        if (outcome !== undefined) return outcome;
        continue;
      }
      const outcome = await this.#endStep(action.step, await this.#carryOut(action.step));
      if (outcome !== undefined) return outcome;
    }
  }

  /** Ends the run, and the step that it is in, as failed on our side. */
  async fail(): Promise<AdvanceOutcome> {
    return this.#end(openStep(this.progress), INTERNAL);
  }

  async #end(step: HeldStep | undefined, failure: Failure): Promise<AdvanceOutcome> {
    const ended = step === undefined ? undefined : { step, end: { status: 'FAILED' as const, output: null, ...failure } };
    return (await this.#write({ ended, move: { status: 'FAILED', ...failure } })) ?? 'FAILED';
  }

  /** Milliseconds that count towards the limit of time. */
  #wallMs(): number {
    return this.progress.run.ageMs + (performance.now() - this.#takenAt) - waitedMs(this.progress);
  }

  #next(progress: Progress): NextAction {
    return nextAction(progress, { wallMs: this.#wallMs(), hasSideEffects: (name) => this.tools.tools.find(name)?.hasSideEffects ?? false });
  }

  #carryOut(step: HeldStep): Promise<StepOutcome> {
    const { db, logger } = this.work;
    const { progress } = this;
    const use = useOf(progress, this.#wallMs());
    return carryOut({ db, progress, step, use, logger, guarded: (call) => this.#guarded(call) }, this.tools);
  }

  #guarded<T>(call: (guard: CallGuard) => Promise<T>): Promise<T> {
    const { run } = this.progress;
    const { signal, logger } = this.work;
    // A connection of its own: what looks is called by a notification, outside this job's context.
    const db = this.tools.database.tenant(run.orgId);
    const remainingMs = run.limits.maxWallMs - this.#wallMs();
    return guardCall({ orgId: run.orgId, runId: run.id, watch: this.tools.watch, remainingMs, job: signal, isHeld: () => isHeld(db, run), logger }, call);
  }

  /** Writes what became of a step, with what comes next in the same statement. */
  async #endStep(step: HeldStep, outcome: StepOutcome): Promise<AdvanceOutcome | undefined> {
    switch (outcome.type) {
      case 'GONE':
        return 'GONE';
      case 'WAITS':
        return 'WAITS';
      case 'ASKS':
        return this.#write({ move: { status: 'WAITING_INPUT', question: outcome.question } });
      case 'ENDED': {
        const ended = { step, end: outcome.end };
        const action = this.#next(withEnd(this.progress, step, outcome.end));
        if (action.type === 'BEGIN' && this.work.draining.aborted) {
          await this.#write({ ended });
          throw new WorkerDrainingError();
        }
        return this.#write({ ended, ...boundaryOf(action) });
      }
    }
  }

  /** @returns what the turn came out as, or undefined where it goes on */
  async #write(boundary: Boundary): Promise<AdvanceOutcome | undefined> {
    const { run } = this.progress;
    const isEnd = boundary.move !== undefined && boundary.move.status !== 'WAITING_INPUT';
    const counts = await writeThrough(
      (isAgain) =>
        isEnd && (run.parentRunId !== null || run.taskId !== null)
          ? this.work.db.transaction((tx) => writeEnd(tx, run, boundary, isAgain))
          : writeBoundary(this.work.db, run, boundary, isAgain),
      this.work,
    );
    if (counts === undefined) return 'GONE';
    this.progress = afterBoundary(this.progress, boundary, counts);
    return boundary.move === undefined ? undefined : outcomeOf(boundary.move);
  }
}

/** Writes the end of a run that somebody waits for: the run that called it, or the task that made it. */
async function writeEnd(tx: Tx, run: HeldRun, boundary: Boundary, isAgain: boolean): Promise<RunCounts | undefined> {
  if (run.parentRunId !== null) await lockParent(tx, run.parentRunId);
  const written = await writeBoundary(tx, run, boundary, isAgain);
  if (written === undefined) return undefined;
  if (run.parentRunId !== null) await wakeParent(tx, run.parentRunId);
  if (run.taskId !== null) await enqueue(tx, taskSettle, { taskId: run.taskId, runId: run.id });
  return written;
}

function outcomeOf({ status }: RunMove): AdvanceOutcome {
  return status === 'WAITING_INPUT' ? 'WAITS' : status;
}

function boundaryOf(action: NextAction): Boundary {
  switch (action.type) {
    case 'BEGIN':
      return { begin: { id: newId(), ...action.begin } };
    case 'COMPLETE':
      return { move: { status: 'COMPLETED', text: action.text } };
    case 'FAIL':
      return { move: { status: 'FAILED', errorCode: action.errorCode, errorMessage: action.errorMessage } };
    case 'CARRY_ON':
      return {};
  }
}
