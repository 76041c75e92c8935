import type { MigrationInterface, QueryRunner } from 'typeorm';
import { COMMENTS } from './comments/comments.sql.js';

/** What every table and column means, in the database itself: psql, other tools and `docs/schema` show it. */
export class Comments1795273000000 implements MigrationInterface {
  readonly name = 'Comments1795273000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COMMENTS.join(';\n'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(COMMENTS.map((statement) => statement.replace(/ is '.*'$/s, ' is null')).join(';\n'));
  }
}
