import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Made of the entities by `npm run migration:generate -- audit-actor`; frozen from then on.
 *
 * up, each statement its own transaction:
 *   1: CREATE INDEX CONCURRENTLY "ix_audit_log_actor" ON app.audit_log USING btree (org_id, act …
 *      locks audit_log: SHARE UPDATE EXCLUSIVE
 *
 * down, each statement its own transaction:
 *   1: DROP INDEX "app"."ix_audit_log_actor"
 *      locks audit_log: ACCESS EXCLUSIVE
 */

const UP: readonly string[] = [`CREATE INDEX CONCURRENTLY "ix_audit_log_actor" ON app.audit_log USING btree (org_id, actor_id, created_at DESC)`];

const DOWN: readonly string[] = [`DROP INDEX "app"."ix_audit_log_actor"`];

export class AuditActor1795304000000 implements MigrationInterface {
  readonly name = 'AuditActor1795304000000';

  /** Each statement is a transaction of its own; a run that was stopped goes on at the next one. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
