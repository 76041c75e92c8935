import { currentContext, isUuid, newId, RunsConfig, TenantConnection, writeAudit, type RunStatus, type Tx } from '#database';
import { enqueue, type JobPriority } from '#queue';
import { Inject, Injectable } from '@nestjs/common';
import { AgentNotFoundError, RunEndedError, RunNotFoundError, RunsLimitError } from './errors.js';
import { highestLimits, limitsFor } from './limits/limits.js';
import type { AgentSource } from './persistence/agent-source.js';
import { cancelRuns } from './persistence/cancel.js';
import { lockParent, wakeParent } from './persistence/nested-runs.js';
import { insertRun, lockRunCount } from './persistence/new-run.js';
import { findRun, pageOfRuns, pageOfSteps } from './persistence/runs.js';
import { runAdvance } from './run-advance.job-definition.js';
import { AGENT_SOURCE } from './runs.tokens.js';
import type { AgentReference, RunLimits } from './runs.types.js';
import { toRunView, toStepView, type PageOf, type PageRequest, type RunView, type StepView } from './views.js';

/** What a run is started with. */
export interface NewRunInput {
  readonly agent: AgentReference;
  readonly prompt: string;
  /** The same for the runs of one conversation; at most 255 characters. */
  readonly sessionId?: string;
  /** Less than what the installation allows; left out: what it allows. */
  readonly limits?: Partial<RunLimits>;
}

/** For whom else a run is started. */
export interface RunOrigin {
  /** The task that makes it, and is told when it ends. */
  readonly taskId?: string;
  /** Which line of the organization it stands in; default normal. */
  readonly priority?: JobPriority;
}

/** Which runs a page shows. */
export interface RunFilter extends PageRequest {
  readonly status?: RunStatus;
  readonly agentName?: string;
  readonly sessionId?: string;
  /** Only those that this task made. */
  readonly taskId?: string;
}

/** The runs of the current organization. */
@Injectable()
export class RunsService {
  constructor(
    private readonly db: TenantConnection,
    private readonly config: RunsConfig,
    @Inject(AGENT_SOURCE) private readonly agents: AgentSource,
  ) {}

  /**
   * Starts a run of an agent as it is now; a worker takes it on. Whatever fails, fails before the run is there: nothing is read after
   * the commit, so that who is refused can ask again without paying for two runs.
   * @throws AgentNotFoundError, RunLimitRefusedError, RunsLimitError
   */
  async start(input: NewRunInput): Promise<RunView> {
    return this.db.transaction(async (tx) => {
      const { id } = await this.startWithin(tx, input);
      const run = await findRun(tx, id);
      if (run === null) throw new RunNotFoundError(id);
      return toRunView(run);
    });
  }

  /** As `start`, with whatever else the transaction writes. Answers the run's id. @throws as `start` */
  async startWithin(tx: Tx, { agent: reference, prompt, sessionId, limits: asked }: NewRunInput, origin: RunOrigin = {}): Promise<{ id: string }> {
    const limits = limitsFor(asked ?? {}, highestLimits(this.config));
    const agent = await this.agents.find(tx, reference);
    if (agent === undefined) throw new AgentNotFoundError(reference);
    const { maxPerOrganization } = this.config;
    const id = newId();
    const createdBy = currentContext()?.principal?.userId ?? null;
    const run = { id, agent, prompt, limits, sessionId: sessionId ?? null, createdBy, parentRunId: null, taskId: origin.taskId, callStack: [] };
    await lockRunCount(tx);
    if (!(await insertRun(tx, run, maxPerOrganization))) throw new RunsLimitError(maxPerOrganization);
    await enqueue(tx, runAdvance, { runId: id, turn: 0 }, { priority: origin.priority });
    return { id };
  }

  /**
   * Cancels a run and the runs that it called, as far as they have not ended. A call under way is aborted within two seconds.
   * @throws RunNotFoundError, RunEndedError
   */
  async cancel(id: string): Promise<RunView> {
    return this.db.transaction(async (tx) => {
      const run = isUuid(id) ? await findRun(tx, id) : null;
      if (run === null) throw new RunNotFoundError(id);
      if (run.parentRunId !== null) await lockParent(tx, run.parentRunId);
      if (!(await cancelRuns(tx, id))) throw new RunEndedError(id, run.status);
      if (run.parentRunId !== null) await wakeParent(tx, run.parentRunId);
      await writeAudit(tx, { action: 'run.cancelled', subjectType: 'run', subjectId: id, changes: { agentName: run.agentName, status: run.status } });
      return toRunView((await findRun(tx, id)) ?? run);
    });
  }

  /** @throws RunNotFoundError */
  async get(id: string): Promise<RunView> {
    const run = isUuid(id) ? await findRun(this.db, id) : null;
    if (run === null) throw new RunNotFoundError(id);
    return toRunView(run);
  }

  /** One page of the runs, the newest first. */
  async list(filter: RunFilter = {}): Promise<PageOf<RunView>> {
    const { items, nextCursor } = await pageOfRuns(this.db, filter);
    return { items: items.map(toRunView), nextCursor };
  }

  /** One page of a run's steps, in order. @throws RunNotFoundError */
  async steps(id: string, page: PageRequest = {}): Promise<PageOf<StepView>> {
    await this.get(id);
    const { items, nextCursor } = await pageOfSteps(this.db, id, page);
    return { items: items.map(toStepView), nextCursor };
  }
}
