import type { TenantConnection, TransactionalSql, UnrestrictedConnection } from '#database';

/** What a worker needs of the database; `Database` has it. */
export interface QueueDatabase {
  /** The queue's tables, as `app_queue`. */
  readonly queue: TransactionalSql;
  readonly unrestricted: UnrestrictedConnection;
  /** The tenant of the running job. */
  readonly current: TenantConnection;
  /** The connection of one organization. */
  tenant(orgId: string, actor?: { readonly actorType: 'WORKER'; readonly requestId: string }): TenantConnection;
  /** Calls `handler` on each notification, and after each reconnect. Answers how to stop. */
  listen(channel: string, handler: () => void): Promise<() => Promise<void>>;
}

/** The channel on which inserting a job wakes the workers. Rows decide; a lost notification costs one poll interval. */
export const WAKE_CHANNEL = 'plinth_job';
