import type { MigrationInterface, QueryRunner } from 'typeorm';
import { repositoryRoot } from '../../../embedded/home.js';
import { migrations } from '../../../migrations/index.js';
import { testEnvironment } from '../../../testing/environment.js';
import { git } from './git.js';
import { oldEntitiesPart } from './old-entities.part.js';
import type { PartAnswer } from './part.js';

const STATEMENTS = [
  'alter table app.team drop column description',
  'alter table app.agent add column motto text',
  'alter table app.task add column kind varchar(50) not null default $$x$$',
  'alter table app.task alter column kind drop default',
  `-- plinth:allow old-entities: no replica updates it since the last release
   revoke update (name) on app.role from app_tenant`,
  `-- plinth:allow old-entities: nobody misses a comment
   comment on table app.agent is 'x'`,
];

class Careless1795500000000 implements MigrationInterface {
  readonly name = 'Careless1795500000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    return Promise.resolve();
  }
}

async function check(): Promise<PartAnswer> {
  const { urls } = testEnvironment();
  const { login, privileged, queue } = urls;
  const root = repositoryRoot();
  const base = await git(root, 'rev-parse', 'HEAD');
  return oldEntitiesPart.run({
    root,
    server: { scratchUrl: urls.admin, ownerUrl: urls.owner },
    logins: { login, privileged, queue },
    chosen: { old: migrations, fresh: [Careless1795500000000], base, because: 'a test says so' },
  });
}

describe('the entities of the merge base on the new schema', () => {
  it('tell what an old replica can no longer read, insert or update, role by role, and what is allowed with a reason', async () => {
    const { findings, suppressed = [], lookedAt } = await check();
    const says = findings.map((finding) =>
      finding.says.replace('An old replica that, as ', '').replace(', did so before', '').replace(' fails on the new schema', ''),
    );
    expect(says.filter((text) => /^app_(owner|tenant)/.test(text)).sort()).toEqual([
      'app_owner, inserts into task (23503 fk_task_org_id): 23502 kind.',
      'app_owner, reads team (ok): 42703 column "description" does not exist.',
      'app_tenant, inserts into task (23503 fk_task_org_id): 23502 kind.',
      'app_tenant, reads team (ok): 42703 column "description" does not exist.',
      'app_tenant, updates team.description (ok): 42703 column "description" does not exist.',
    ]);
    expect(findings.filter(({ rule }) => rule === 'suppression').map((finding) => finding.says)).toEqual([
      '"old-entities: nobody misses a comment" allows what no old replica does.',
    ]);
    expect(suppressed.map(({ object, reason }) => `${object}: ${reason}`)).toEqual(['table role: no replica updates it since the last release']);
    expect(lookedAt).toMatch(/^\d+ statements of the merge base/);
  });
});
