import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Made of the entities by `npm run migration:generate -- tasks`, part 1 of 2; frozen from then on.
 *
 * up, one transaction:
 *   1: ALTER TABLE "app"."run" ADD COLUMN "task_id" uuid
 *      locks run: ACCESS EXCLUSIVE
 *   2: ALTER TABLE "app"."run" ADD COLUMN "usage_counted_at" timestamp with time zone
 *      locks run: ACCESS EXCLUSIVE
 *   3: ALTER TABLE "app"."task" ADD COLUMN "max_attempts" integer NOT NULL DEFAULT 1
 *      locks task: ACCESS EXCLUSIVE
 *   4: ALTER TABLE "app"."task" ADD COLUMN "cron" character varying(255)
 *      locks task: ACCESS EXCLUSIVE
 *   5: ALTER TABLE "app"."task" ADD COLUMN "time_zone" character varying(255)
 *      locks task: ACCESS EXCLUSIVE
 *   6-17: no lock on a table in use, nothing rewritten, nothing lost
 *
 * down, one transaction:
 *   1: ALTER TABLE "app"."run" DROP COLUMN "task_id"
 *      locks run: ACCESS EXCLUSIVE; LOSES every value of app.run.task_id
 *   2: ALTER TABLE "app"."run" DROP COLUMN "usage_counted_at"
 *      locks run: ACCESS EXCLUSIVE; LOSES every value of app.run.usage_counted_at
 *   3: ALTER TABLE "app"."task" DROP COLUMN "cron"
 *      locks task: ACCESS EXCLUSIVE; LOSES every value of app.task.cron
 *   4: ALTER TABLE "app"."task" DROP COLUMN "max_attempts"
 *      locks task: ACCESS EXCLUSIVE; LOSES every value of app.task.max_attempts
 *   5: ALTER TABLE "app"."task" DROP COLUMN "time_zone"
 *      locks task: ACCESS EXCLUSIVE; LOSES every value of app.task.time_zone
 *   6-8: no lock on a table in use, nothing rewritten, nothing lost
 */

const UP: readonly string[] = [
  `ALTER TABLE "app"."run" ADD COLUMN "task_id" uuid`,
  `ALTER TABLE "app"."run" ADD COLUMN "usage_counted_at" timestamp with time zone`,
  `ALTER TABLE "app"."task" ADD COLUMN "max_attempts" integer NOT NULL DEFAULT 1`,
  `ALTER TABLE "app"."task" ADD COLUMN "cron" character varying(255)`,
  `ALTER TABLE "app"."task" ADD COLUMN "time_zone" character varying(255)`,
  `COMMENT ON COLUMN "app"."run"."task_id" IS 'The task that made the run, if one did.'`,
  `COMMENT ON COLUMN "app"."run"."usage_counted_at" IS 'When the run was added to its organization''s usage; null: not yet.'`,
  `COMMENT ON COLUMN "app"."task"."attempts" IS 'How many times it was begun: of a task that repeats, this time.'`,
  `COMMENT ON COLUMN "app"."task"."cron" IS 'When it repeats, as a cron expression; null: it is done once.'`,
  `COMMENT ON COLUMN "app"."task"."max_attempts" IS 'How many times it is begun at most, before it has failed.'`,
  `COMMENT ON COLUMN "app"."task"."scheduled_at" IS 'Not begun before this time; null: as soon as possible. Of a task that repeats, the next time.'`,
  `COMMENT ON COLUMN "app"."task"."time_zone" IS 'The IANA time zone in which cron is read.'`,
  `GRANT DELETE ON TABLE app."audit_log" TO "app_admin"`,
  `GRANT UPDATE ("task_id", "usage_counted_at") ON TABLE "app"."run" TO "app_admin"`,
  `GRANT UPDATE ("task_id", "usage_counted_at") ON TABLE "app"."run" TO "app_tenant"`,
  `GRANT UPDATE ("cron", "max_attempts", "time_zone") ON TABLE "app"."task" TO "app_admin"`,
  `GRANT UPDATE ("cron", "max_attempts", "time_zone") ON TABLE "app"."task" TO "app_tenant"`,
];

const DOWN: readonly string[] = [
  // Loses every value of app.run.task_id.
  `ALTER TABLE "app"."run" DROP COLUMN "task_id"`,
  // Loses every value of app.run.usage_counted_at.
  `ALTER TABLE "app"."run" DROP COLUMN "usage_counted_at"`,
  // Loses every value of app.task.cron.
  `ALTER TABLE "app"."task" DROP COLUMN "cron"`,
  // Loses every value of app.task.max_attempts.
  `ALTER TABLE "app"."task" DROP COLUMN "max_attempts"`,
  // Loses every value of app.task.time_zone.
  `ALTER TABLE "app"."task" DROP COLUMN "time_zone"`,
  `COMMENT ON COLUMN "app"."task"."attempts" IS 'How many times it was begun.'`,
  `COMMENT ON COLUMN "app"."task"."scheduled_at" IS 'Not begun before this time; null: as soon as possible.'`,
  `REVOKE DELETE ON TABLE app."audit_log" FROM "app_admin" CASCADE`,
];

export class Tasks1795302000000 implements MigrationInterface {
  readonly name = 'Tasks1795302000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
