import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RUN_RULES_DOWN, RUN_RULES_UP } from './platform/run-rules.sql.js';

/** The functions that refuse what no run and no step may become, and that wake whoever follows a run. */
export class RunRules1795300000000 implements MigrationInterface {
  readonly name = 'RunRules1795300000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of RUN_RULES_UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of RUN_RULES_DOWN) await runner.query(statement);
  }
}
