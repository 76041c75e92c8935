import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Agent } from '../../entities/core/agent.entity.js';
import { entities } from '../../entities/index.js';
import { migrations } from '../../migrations/index.js';
import { changeRowsInBatches } from '../../migrations/steps/change-rows.js';
import { testEnvironment } from '../../testing/environment.js';
import { compareEntitiesWithMigrations, type SchemaSources } from './entities-against-migrations.js';
import { EntitiesNotMadeError } from './errors.js';

/** What entities cannot declare and only refer to: of every kind, with its grants and comments. */
const HANDMADE = [
  'create sequence app.ticket increment by 2 start with 11',
  'grant usage on sequence app.ticket to app_tenant',
  "create function app.by_hand(p_text text default 'a') returns text language sql immutable strict return upper(p_text)",
  "comment on function app.by_hand(text) is 'It''s made by hand.'",
  'grant execute on function app.by_hand(text) to app_tenant',
  'create function app.teams_of(p_org uuid) returns setof app.team language sql stable begin atomic select * from app.team where org_id = p_org; end',
  'create view app.team_name with (security_invoker = true) as select org_id, name from app.team',
  'grant select on app.team_name to app_admin',
  "comment on table app.migration is 'What ran.'",
];

/** What entities do declare, and these do not. */
const UNDECLARED = [
  'create trigger by_hand after insert on app.team for each statement execute function app.job_wakes_workers()',
  'alter table app.team disable row level security',
  'grant truncate on app.team to app_admin',
  'grant update (org_id) on app.team to app_tenant',
  'drop trigger job_wakes_workers on app.system_job',
  'alter table app.team alter column name type varchar(300)',
];

function migrationOf(className: string, statements: readonly string[]): new () => MigrationInterface {
  return class {
    readonly name = className;

    async up(runner: QueryRunner): Promise<void> {
      for (const statement of statements) await runner.query(statement);
    }

    async down(): Promise<void> {}
  };
}

/** A scratch database is made without the runner, whatever a migration asks of it. */
class InBatches1999999999999 implements MigrationInterface {
  readonly name = 'InBatches1999999999999';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index concurrently ix_in_batches on app.team (org_id, name)');
    const sql = "update app.team set name = 'none' where ctid = any (array(select ctid from app.team where name is null limit 10))";
    await changeRowsInBatches(runner, { what: 'name teams', sql, tables: ['app.team'], mayChangeNone: 'a table without rows' });
    await runner.query('drop index concurrently app.ix_in_batches');
  }

  async down(): Promise<void> {}
}

async function compare(sources: SchemaSources = {}): Promise<string[]> {
  const { urls } = testEnvironment();
  const differences = await compareEntitiesWithMigrations({ scratchUrl: urls.admin, ownerUrl: urls.owner }, sources);
  return differences.map((difference) => `${difference.verb}: ${difference.fact.key}${difference.verb === 'changed' ? ` ${difference.attribute}` : ''}`);
}

describe('the entities and the migrations', () => {
  it('make the same schema: npm run migration:generate -- <name> writes the migration that is missing', async () => {
    expect(await compare()).toEqual([]);
  }, 60_000);

  it('are compared without what only a migration can make: functions, sequences, views, rows', async () => {
    expect(await compare({ migrations: [...migrations, migrationOf('ByHand1999999999998', HANDMADE), InBatches1999999999999] })).toEqual([]);
  }, 60_000);

  it('differ by what one of the two alone says', async () => {
    const found = await compare({
      entities: entities.filter((entity) => entity !== Agent && entity.name !== 'RateLimit'),
      migrations: [...migrations, migrationOf('Undeclared1999999999999', UNDECLARED.slice(0, 4))],
    }).catch((error: unknown) => error);
    // Run points at Agent.
    expect(found).toBeInstanceOf(EntitiesNotMadeError);
    expect(
      await compare({
        migrations: [
          ...migrations,
          migrationOf(
            'Undeclared1999999999999',
            UNDECLARED.filter((statement) => !statement.startsWith('drop')),
          ),
        ],
      }),
    ).toEqual([
      'changed: acl:(table:app.team).app_admin privileges',
      'extra: acl:(table:app.team).app_tenant.org_id',
      'changed: column:app.team.name type',
      'changed: table:app.team rowSecurity',
      'extra: trigger:app.team.by_hand',
    ]);
  }, 60_000);

  it('are not compared where an entity says that a trigger was made by hand, and none was', async () => {
    const found = compare({ migrations: [...migrations, migrationOf('Undeclared1999999999999', ['drop trigger job_wakes_workers on app.system_job'])] });
    await expect(found).rejects.toThrow('The entity of table "system_job" says that a migration made the trigger "job_wakes_workers" by hand, and none does.');
  }, 60_000);
});
