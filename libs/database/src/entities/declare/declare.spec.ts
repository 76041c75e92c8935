import { Column, Entity } from 'typeorm';
import { Id, OrgId } from './columns.js';
import { InvalidDeclarationError, UndeclaredTenancyError } from './errors.js';
import { snakeCase } from './names.js';
import { PlinthNamingStrategy } from './naming-strategy.js';
import { allStatements, securityStatements } from './security-sql.js';
import { SqlIndex } from './sql-index.js';
import { Tenancy, tenancyOf } from './tenancy.js';
import { RaisesVersion } from './triggers.js';

@Entity({ schema: 'app', name: 'note' })
@SqlIndex({ name: 'ix_note_created_at', columns: ['org_id', 'created_at desc'], include: ['title'], where: 'title is not null' })
@RaisesVersion()
@Tenancy('T', { tenant: { select: ['id', 'title'], insert: true, update: true }, queue: { select: true } })
class Note {
  @OrgId()
  orgId: string;

  @Id()
  id: string;

  @Column({ type: 'text' })
  title: string;
}

@Entity({ schema: 'app', name: 'secret' })
@Tenancy('S', { tenant: { select: true } })
class Secret {
  @Id()
  id: string;
}

@Entity({ schema: 'app', name: 'typo' })
@Tenancy('T', { tenant: { select: ['titel'] } })
class Typo {
  @Id()
  id: string;
}

@Entity({ schema: 'app', name: 'undeclared' })
class Undeclared {
  @Id()
  id: string;
}

describe('what the decorators make', () => {
  it('follows from the declarations of one entity, statement by statement', () => {
    expect(allStatements(securityStatements([Note]))).toEqual([
      'create trigger raise_version before update on app."note" for each row execute function app.raise_version()',
      'create trigger touch_updated_at before update on app."note" for each row execute function app.touch_updated_at()',
      'alter table app."note" enable row level security',
      'alter table app."note" force row level security',
      'create policy owner_all on app."note" for all to app_owner using (true) with check (true)',
      'create policy tenant_isolation on app."note" for all to app_tenant using (org_id = app.current_org_id()) with check (org_id = app.current_org_id())',
      'create policy admin_all on app."note" for all to app_admin using (true) with check (true)',
      'create policy queue_all on app."note" for all to app_queue using (true) with check (true)',
      'grant insert, select ("id", "title"), update ("title") on app."note" to app_tenant',
      'grant select, insert, delete, update ("title") on app."note" to app_admin',
      'grant select on app."note" to app_queue',
      'create index "ix_note_created_at" on app."note" (org_id, created_at desc) include ("title") where title is not null',
    ]);
  });

  it('refuses an entity that does not say whose rows it holds', () => {
    expect(() => tenancyOf(Undeclared)).toThrow(UndeclaredTenancyError);
    expect(() => securityStatements([Undeclared])).toThrow('"Undeclared"');
  });

  it('refuses to let the tenant role at a table of the system without saying which rows', () => {
    expect(() => securityStatements([Secret])).toThrow(InvalidDeclarationError);
  });

  it('refuses a grant on a column that does not exist', () => {
    expect(() => securityStatements([Typo])).toThrow('"titel"');
  });
});

describe('names', () => {
  const names = new PlinthNamingStrategy();

  it('turn properties into columns', () => {
    expect(['id', 'orgId', 'lastSyncCommitHash', 'sha256'].map(snakeCase)).toEqual(['id', 'org_id', 'last_sync_commit_hash', 'sha256']);
  });

  it('say what a constraint is about, without the tenant column that leads everything', () => {
    expect(names.foreignKeyName('app.git_agent', ['org_id', 'agent_repository_id'])).toBe('fk_git_agent_agent_repository_id');
    expect(names.foreignKeyName('app.team', ['org_id'])).toBe('fk_team_org_id');
    expect(names.checkConstraintName('app.run', `"status" = any (array['A']::text[])`)).toBe('ck_run_status');
  });

  it('are refused when PostgreSQL would cut them off, or when a check has none', () => {
    expect(() => names.indexName('app.organization_usage', ['a_very_long_column_name_indeed', 'another_one_of_these'])).toThrow('63');
    expect(() => names.checkConstraintName('app.run', 'a < b')).toThrow('name of its own');
  });
});
