import { Run, Step, type Db, type Page, type RunStatus } from '#database';

/** Which runs a page shows. */
export interface RunsPage {
  readonly status?: RunStatus;
  readonly agentName?: string;
  readonly sessionId?: string;
  readonly taskId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** The run with this id, or null. */
export async function findRun(db: Db, id: string): Promise<Run | null> {
  return db.repository(Run).findById(id);
}

/** One page of runs, the newest first. */
export async function pageOfRuns(db: Db, { status, agentName, sessionId, taskId, limit, cursor }: RunsPage): Promise<Page<Run>> {
  return db.repository(Run).paginate({
    where: {
      ...(status === undefined ? {} : { status }),
      ...(agentName === undefined ? {} : { agentName }),
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(taskId === undefined ? {} : { taskId }),
    },
    order: { createdAt: 'desc', id: 'desc' },
    limit: limit ?? 50,
    cursor,
  });
}

/** One page of a run's steps, in order. */
export async function pageOfSteps(db: Db, runId: string, { limit, cursor }: Pick<RunsPage, 'limit' | 'cursor'>): Promise<Page<Step>> {
  return db.repository(Step).paginate({ where: { runId }, order: { sequenceNumber: 'asc' }, limit: limit ?? 50, cursor });
}
