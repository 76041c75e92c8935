import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * Made of the entities by `npm run migration:generate -- git-agent-text`, part 1 of 2; frozen from then on.
 *
 * up, one transaction:
 *   1: ALTER TABLE "app"."git_agent" ADD COLUMN "body" text
 *      locks git_agent: ACCESS EXCLUSIVE
 *   2-4: no lock on a table in use, nothing rewritten, nothing lost
 *
 * down, one transaction:
 *   1: ALTER TABLE "app"."git_agent" DROP COLUMN "body"
 *      locks git_agent: ACCESS EXCLUSIVE; LOSES every value of app.git_agent.body
 */

const UP: readonly string[] = [
  `ALTER TABLE "app"."git_agent" ADD COLUMN "body" text`,
  `COMMENT ON COLUMN "app"."git_agent"."body" IS 'The text below the frontmatter: the prompt. Null: not read since it is kept.'`,
  `GRANT UPDATE ("body") ON TABLE "app"."git_agent" TO "app_admin"`,
  `GRANT UPDATE ("body") ON TABLE "app"."git_agent" TO "app_tenant"`,
];

const DOWN: readonly string[] = [
  // Loses every value of app.git_agent.body.
  `ALTER TABLE "app"."git_agent" DROP COLUMN "body"`,
];

export class GitAgentText1795303000000 implements MigrationInterface {
  readonly name = 'GitAgentText1795303000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
