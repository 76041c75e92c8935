import type { Client } from 'pg';
import { newId } from '../ids.js';
import { withAdmin } from '../testing/admin.js';
import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../testing/test-database.js';

const IMMUTABLE = 'PL004';

describe('what the tables do by themselves', () => {
  let database: TestDatabase;
  let organization: TestOrganization;

  beforeAll(async () => {
    database = await createTestDatabase();
    organization = await createOrganization(database);
  });

  afterAll(() => database.drop());

  const asOwner = <T>(work: (client: Client) => Promise<T>): Promise<T> => withAdmin(database.urls.owner, work);

  it('updated_at moves with plain SQL, created_at stays', async () => {
    const { rows } = await asOwner(async (client) => {
      await client.query(`update app."user" set name = 'Renamed' where id = $1`, [organization.userId]);
      return client.query<{ moved: boolean }>(`select updated_at > created_at as moved from app."user" where id = $1`, [organization.userId]);
    });
    expect(rows).toEqual([{ moved: true }]);
  });

  it('version rises with each update, whatever the update says', async () => {
    const { rows } = await asOwner(async (client) => {
      await client.query('update app.organization set description = $2 where id = $1', [organization.orgId, 'one']);
      return client.query<{ version: number }>('update app.organization set version = 77 where id = $1 returning version', [organization.orgId]);
    });
    expect(rows).toEqual([{ version: 3 }]);
  });

  it('workflow_data refuses an update by its owner too, and goes with its run', async () => {
    const run = newId();
    await asOwner(async (client) => {
      await client.query(`insert into app.run (org_id, id, agent_name) values ($1, $2, 'writer')`, [organization.orgId, run]);
      await client.query(`insert into app.workflow_data (org_id, uid, run_id, key, value) values ($1, $2, $3, 'k', '1')`, [organization.orgId, newId(), run]);
      await expect(client.query(`update app.workflow_data set value = '2' where run_id = $1`, [run])).rejects.toMatchObject({ code: IMMUTABLE });
      await client.query('delete from app.run where id = $1', [run]);
      expect((await client.query('select from app.workflow_data where run_id = $1', [run])).rowCount).toBe(0);
    });
  });

  it('total_cost follows total_cost_micros', async () => {
    const { rows } = await asOwner((client) =>
      client.query<{ total_cost: string }>(
        `insert into app.organization_usage (org_id, id, period_start, period_end, total_cost, total_cost_micros)
         values ($1, $2, '2026-01-01', '2026-02-01', 99, 1234567) returning total_cost`,
        [organization.orgId, newId()],
      ),
    );
    expect(rows).toEqual([{ total_cost: '1.2346' }]);
  });

  it('an address in capitals and a word outside a closed set are refused by name', async () => {
    await asOwner(async (client) => {
      await expect(client.query(`insert into app."user" (id, email, name) values ($1, 'A@example.test', 'A')`, [newId()])).rejects.toMatchObject({
        constraint: 'ck_user_email',
      });
      await expect(client.query(`update app.organization set status = 'GONE' where id = $1`, [organization.orgId])).rejects.toMatchObject({
        constraint: 'ck_organization_status',
      });
    });
  });

  it('a share names exactly one of member, team and link', async () => {
    await asOwner(async (client) => {
      const file = newId();
      await client.query(`insert into app.file (org_id, id, name, storage_key, mime_type, size_bytes) values ($1, $2, 'a', 'a', 'text/plain', 1)`, [
        organization.orgId,
        file,
      ]);
      const share = (member: string | null, link: string | null): Promise<unknown> =>
        client.query('insert into app.file_share (org_id, id, file_id, shared_with_user_id, link_token_hash) values ($1, $2, $3, $4, $5)', [
          organization.orgId,
          newId(),
          file,
          member,
          link,
        ]);
      await share(organization.userId, null);
      await expect(share(null, null)).rejects.toMatchObject({ constraint: 'ck_file_share_one_target' });
      await expect(share(organization.userId, 'hash')).rejects.toMatchObject({ constraint: 'ck_file_share_one_target' });
      await expect(share(newId(), null)).rejects.toMatchObject({ constraint: 'fk_file_share_shared_with_user_id' });
    });
  });

  it('an organization takes everything of its own with it, and a person only what the documents name', async () => {
    const own = await createOrganization(database);
    await asOwner(async (client) => {
      await client.query(`insert into app.team (org_id, id, name, slug, created_by) values ($1, $2, 'Team', 'team', $3)`, [own.orgId, newId(), own.userId]);
      await client.query(`insert into app.agent_repository (org_id, uid, name, git_url, created_by) values ($1, $2, 'Repo', 'https://example.test/r', $3)`, [
        own.orgId,
        newId(),
        own.userId,
      ]);
      await client.query('delete from app."user" where id = $1', [own.userId]);
      const count = async (table: string): Promise<number | null> => (await client.query(`select from app.${table} where org_id = $1`, [own.orgId])).rowCount;
      expect([await count('organization_user'), await count('agent_repository'), await count('team')]).toEqual([0, 0, 1]);
      await client.query('delete from app.organization where id = $1', [own.orgId]);
      expect(await count('team')).toBe(0);
    });
  });
});
