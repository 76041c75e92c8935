import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Made of the entities by `npm run migration:generate -- git-agent-text`, part 2 of 2; frozen from then on.
 *
 * up, each statement its own transaction:
 *   1: CREATE UNIQUE INDEX CONCURRENTLY "uq_git_credential_repository_id" ON app."git_credentia …
 *      locks git_credential: SHARE UPDATE EXCLUSIVE
 *   2: ALTER TABLE app."git_credential" ADD CONSTRAINT "uq_git_credential_repository_id" UNIQUE …
 *      locks git_credential: ACCESS EXCLUSIVE
 *
 * down, each statement its own transaction:
 *   1: ALTER TABLE "app"."git_credential" DROP CONSTRAINT "uq_git_credential_repository_id"
 *      locks git_credential: ACCESS EXCLUSIVE
 */

const UP: readonly string[] = [
  `CREATE UNIQUE INDEX CONCURRENTLY "uq_git_credential_repository_id" ON app."git_credential" (org_id, repository_id)`,
  `ALTER TABLE app."git_credential" ADD CONSTRAINT "uq_git_credential_repository_id" UNIQUE USING INDEX "uq_git_credential_repository_id"`,
];

const DOWN: readonly string[] = [`ALTER TABLE "app"."git_credential" DROP CONSTRAINT "uq_git_credential_repository_id"`];

export class GitAgentTextPart21795303001000 implements MigrationInterface {
  readonly name = 'GitAgentTextPart21795303001000';

  /** Each statement is a transaction of its own; a run that was stopped goes on at the next one. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
