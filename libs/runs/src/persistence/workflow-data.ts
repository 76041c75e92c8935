import type { Db } from '#database';
import type { JsonValue } from '../json.js';

/** A value that an agent left. */
export interface StoredData {
  readonly id: string;
  readonly runId: string;
  readonly key: string;
  readonly value: JsonValue;
  readonly dataType: string | null;
  readonly tags: readonly string[];
  readonly createdByAgent: string | null;
  readonly createdAt: Date;
}

/** Which values are meant; all conditions hold together. */
export interface DataFilter {
  readonly key?: string;
  /** Values that have all of these. */
  readonly tags?: readonly string[];
  /** Only values older than the one with this id: the last of the page before. */
  readonly before?: string;
  /** 1 to 100. */
  readonly limit: number;
}

/** From the run up to the one that nobody called, and down again to all that it led to. */
const FIND = `
with recursive above as (
  select id, parent_run_id from app.run where org_id = :orgId and id = :runId::uuid
  union all
  select r.id, r.parent_run_id from app.run r join above on r.id = above.parent_run_id where r.org_id = :orgId
), family as (
  select id from above where parent_run_id is null
  union all
  select r.id from app.run r join family on r.parent_run_id = family.id where r.org_id = :orgId
)
select d.uid as id, d.run_id as "runId", d.key, d.value, d.data_type as "dataType", d.tags, d.created_by_agent as "createdByAgent", d.created_at as "createdAt"
from app.workflow_data d
where d.org_id = :orgId and d.run_id in (select id from family)
  and (:key::text is null or d.key = :key::text) and d.tags @> :tags::text[]
  and (:before::uuid is null or d.id < (select b.id from app.workflow_data b where b.org_id = :orgId and b.uid = :before::uuid))
order by d.id desc limit :limit::int`;

/** What the agents of a run, of the runs above it and of those that they called have left, the newest first. */
export async function findData(db: Db, runId: string, { key, tags = [], before, limit }: DataFilter): Promise<StoredData[]> {
  return db.query<StoredData>(FIND, { runId, key: key ?? null, tags, before: before ?? null, limit });
}
