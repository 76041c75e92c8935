import { isUuid, TenantConnection } from '#database';
import { Injectable } from '@nestjs/common';
import { RunNotFoundError } from './errors.js';
import { findRun } from './persistence/runs.js';
import { findData, type StoredData } from './persistence/workflow-data.js';

/** A value that an agent left, as it is shown. */
export type WorkflowDataView = StoredData;

/** Which values are meant; all conditions hold together. */
export interface WorkflowDataFilter {
  readonly key?: string;
  /** Values that have all of these. */
  readonly tags?: readonly string[];
  /** The id of the last value of the page before. */
  readonly cursor?: string;
  /** 1 to 100, default 50. */
  readonly limit?: number;
}

/** What the agents of runs have left for one another. */
@Injectable()
export class WorkflowDataService {
  constructor(private readonly db: TenantConnection) {}

  /** What a run, the runs above it and those that they called have left, the newest first. @throws RunNotFoundError */
  async list(runId: string, { key, tags, cursor, limit = 50 }: WorkflowDataFilter = {}): Promise<{ items: WorkflowDataView[]; nextCursor: string | null }> {
    if (!isUuid(runId) || (await findRun(this.db, runId)) === null) throw new RunNotFoundError(runId);
    const found = await findData(this.db, runId, { key, tags, before: isUuid(cursor) ? cursor : undefined, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
