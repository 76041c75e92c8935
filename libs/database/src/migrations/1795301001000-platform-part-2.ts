import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Made of the entities by `npm run migration:generate -- platform`, part 2 of 2; frozen from then on.
 *
 * up, each statement its own transaction:
 *   1: CREATE INDEX CONCURRENTLY "ix_input_request_open" ON app.input_request USING btree (org_ …
 *      locks input_request: SHARE UPDATE EXCLUSIVE
 *   2: CREATE INDEX CONCURRENTLY "ix_run_open" ON app.run USING btree (org_id, status) WHERE (( …
 *      locks run: SHARE UPDATE EXCLUSIVE
 *   3: ALTER TABLE app."one_time_token" ADD CONSTRAINT "ck_one_time_token_email" CHECK (((email …
 *      locks one_time_token: ACCESS EXCLUSIVE
 *   4: ALTER TABLE app."one_time_token" VALIDATE CONSTRAINT "ck_one_time_token_email"
 *      locks one_time_token: SHARE UPDATE EXCLUSIVE
 *   5: ALTER TABLE app."step" ADD CONSTRAINT "ck_step_type" CHECK (((type)::text = ANY (ARRAY[' …
 *      locks step: ACCESS EXCLUSIVE
 *   6: ALTER TABLE app."step" VALIDATE CONSTRAINT "ck_step_type"
 *      locks step: SHARE UPDATE EXCLUSIVE
 *
 * down, each statement its own transaction:
 *   1: DROP INDEX "app"."ix_input_request_open"
 *      locks input_request: ACCESS EXCLUSIVE
 *   2: DROP INDEX "app"."ix_run_open"
 *      locks run: ACCESS EXCLUSIVE
 *   3: ALTER TABLE "app"."one_time_token" DROP CONSTRAINT "ck_one_time_token_email"
 *      locks one_time_token: ACCESS EXCLUSIVE
 *   4: ALTER TABLE "app"."step" DROP CONSTRAINT "ck_step_type"
 *      locks step: ACCESS EXCLUSIVE
 */

const UP: readonly string[] = [
  `CREATE INDEX CONCURRENTLY "ix_input_request_open" ON app.input_request USING btree (org_id, requested_at, id) WHERE (responded_at IS NULL)`,
  `CREATE INDEX CONCURRENTLY "ix_run_open" ON app.run USING btree (org_id, status) WHERE ((status)::text = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'WAITING_INPUT'::text]))`,
  `ALTER TABLE app."one_time_token" ADD CONSTRAINT "ck_one_time_token_email" CHECK (((email)::text = lower((email)::text))) NOT VALID`,
  `ALTER TABLE app."one_time_token" VALIDATE CONSTRAINT "ck_one_time_token_email"`,
  `-- plinth:allow old-entities: no service wrote a step before this release
   ALTER TABLE app."step" ADD CONSTRAINT "ck_step_type" CHECK (((type)::text = ANY (ARRAY['MODEL'::text, 'TOOL'::text, 'AGENT'::text, 'INPUT'::text, 'DATA'::text]))) NOT VALID`,
  `ALTER TABLE app."step" VALIDATE CONSTRAINT "ck_step_type"`,
];

const DOWN: readonly string[] = [
  `DROP INDEX "app"."ix_input_request_open"`,
  `DROP INDEX "app"."ix_run_open"`,
  `ALTER TABLE "app"."one_time_token" DROP CONSTRAINT "ck_one_time_token_email"`,
  `ALTER TABLE "app"."step" DROP CONSTRAINT "ck_step_type"`,
];

export class PlatformPart21795301001000 implements MigrationInterface {
  readonly name = 'PlatformPart21795301001000';

  /** Each statement is a transaction of its own; a run that was stopped goes on at the next one. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
