import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Made of the entities by `npm run migration:generate -- tasks`, part 2 of 2; frozen from then on.
 *
 * up, each statement its own transaction:
 *   1: CREATE INDEX CONCURRENTLY "ix_run_task_id" ON app.run USING btree (org_id, task_id)
 *      locks run: SHARE UPDATE EXCLUSIVE
 *   2: CREATE INDEX CONCURRENTLY "ix_run_uncounted" ON app.run USING btree (org_id, completed_a …
 *      locks run: SHARE UPDATE EXCLUSIVE
 *   3: ALTER TABLE app."run" ADD CONSTRAINT "fk_run_task_id" FOREIGN KEY (org_id, task_id) REFE …
 *      locks run: SHARE ROW EXCLUSIVE; locks task: SHARE ROW EXCLUSIVE
 *   4: ALTER TABLE app."run" VALIDATE CONSTRAINT "fk_run_task_id"
 *      locks run: SHARE UPDATE EXCLUSIVE
 *   5: ALTER TABLE app."task" ADD CONSTRAINT "ck_task_cron_time_zone" CHECK (((cron IS NULL) =  …
 *      locks task: ACCESS EXCLUSIVE
 *   6: ALTER TABLE app."task" VALIDATE CONSTRAINT "ck_task_cron_time_zone"
 *      locks task: SHARE UPDATE EXCLUSIVE
 *
 * down, each statement its own transaction:
 *   1: DROP INDEX "app"."ix_run_task_id"
 *      locks run: ACCESS EXCLUSIVE
 *   2: DROP INDEX "app"."ix_run_uncounted"
 *      locks run: ACCESS EXCLUSIVE
 *   3: ALTER TABLE "app"."run" DROP CONSTRAINT "fk_run_task_id"
 *      locks run: ACCESS EXCLUSIVE; locks task: ACCESS EXCLUSIVE
 *   4: ALTER TABLE "app"."task" DROP CONSTRAINT "ck_task_cron_time_zone"
 *      locks task: ACCESS EXCLUSIVE
 */

const UP: readonly string[] = [
  `CREATE INDEX CONCURRENTLY "ix_run_task_id" ON app.run USING btree (org_id, task_id)`,
  `CREATE INDEX CONCURRENTLY "ix_run_uncounted" ON app.run USING btree (org_id, completed_at) WHERE ((completed_at IS NOT NULL) AND (usage_counted_at IS NULL))`,
  `ALTER TABLE app."run" ADD CONSTRAINT "fk_run_task_id" FOREIGN KEY (org_id, task_id) REFERENCES app.task(org_id, id) NOT VALID`,
  `ALTER TABLE app."run" VALIDATE CONSTRAINT "fk_run_task_id"`,
  `ALTER TABLE app."task" ADD CONSTRAINT "ck_task_cron_time_zone" CHECK (((cron IS NULL) = (time_zone IS NULL))) NOT VALID`,
  `ALTER TABLE app."task" VALIDATE CONSTRAINT "ck_task_cron_time_zone"`,
];

const DOWN: readonly string[] = [
  `DROP INDEX "app"."ix_run_task_id"`,
  `DROP INDEX "app"."ix_run_uncounted"`,
  `ALTER TABLE "app"."run" DROP CONSTRAINT "fk_run_task_id"`,
  `ALTER TABLE "app"."task" DROP CONSTRAINT "ck_task_cron_time_zone"`,
];

export class TasksPart21795302001000 implements MigrationInterface {
  readonly name = 'TasksPart21795302001000';

  /** Each statement is a transaction of its own; a run that was stopped goes on at the next one. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
