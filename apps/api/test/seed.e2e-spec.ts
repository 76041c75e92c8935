import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { DevelopmentSeed } from '../src/seed/development-seed.js';
import { asSuperuser } from './support/as-superuser.js';
import { startApi, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let folder: string;
let options: Parameters<DevelopmentSeed['run']>[0];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plinth-seed-'));
  const examples = await mkdtemp(join(folder, 'examples-'));
  await writeFile(join(examples, 'helper.md'), '---\nname: helper\n---\nYou help.\n');
  options = { user: { email: 'demo@example.com', password: 'a long demo password' }, examples, home: join(folder, 'home') };
  database = await createTestDatabase();
  api = await startApi(database);
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function count(table: string): Promise<number> {
  const [row] = await asSuperuser<{ count: string }>(database, `select count(*) from app.${table}`);
  return Number(row?.count);
}

describe('the development seed', () => {
  it.each(['production', 'test'])('does nothing in %s', async (kind) => {
    process.env['NODE_ENV'] = kind;
    await expect(api.app.get(DevelopmentSeed).run(options)).resolves.toBeUndefined();
    expect(await count('organization')).toBe(0);
  });

  it('gives the demo person an organization with a repository that waits for its sync, once', async () => {
    process.env['NODE_ENV'] = 'development';
    const first = await api.app.get(DevelopmentSeed).run(options);
    expect(first?.made).toBe(true);
    await expect(api.app.get(DevelopmentSeed).run(options)).resolves.toEqual({ ...first, made: false });
    expect({ organizations: await count('organization'), repositories: await count('agent_repository'), jobs: await count('job') }).toEqual({
      organizations: 1,
      repositories: 1,
      jobs: 1,
    });

    const login = await api.call('POST', '/v1/auth/login', { json: options.user });
    const list = await api.call('GET', '/v1/agent-repositories', { token: String(login.body['accessToken']) });
    expect(list.body['items']).toEqual([
      expect.objectContaining({ name: 'Example agents', branch: 'main', isRoot: true, gitUrl: expect.stringMatching(/^file:\/\/\//) }),
    ]);
  });
});
