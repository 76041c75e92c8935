import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { createRepository } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const get = (path: string, { token } = ada) => api.call('GET', path, { token });
const create = (json: unknown, { token } = ada) => api.call('POST', '/v1/agents', { token, json });
const change = (id: string, version: number, json: unknown, { token } = ada) =>
  api.call('PATCH', `/v1/agents/${id}`, { token, json, headers: { 'if-match': `"${version}"` } });
const remove = (id: string, query = '', { token } = ada) => api.call('DELETE', `/v1/agents/${id}${query}`, { token });
const namesOf = (body: Record<string, unknown>): string[] => (body['items'] as { name: string }[]).map(({ name }) => name);

async function created(json: Record<string, unknown> = {}, person = ada): Promise<string> {
  const { status, body, text } = await create({ name: `agent ${newId()}`, ...json }, person);
  if (status !== 201) throw new Error(`The agent answered ${status}: ${text}`);
  return String(body['id']);
}

/** An agent in a repository, with this frontmatter, as a sync by the worker would put it there. */
async function gitAgent(repositoryId: string, frontmatter: Record<string, unknown>, isActive = true): Promise<string> {
  const uid = newId();
  await asSuperuser(
    database,
    `insert into app.git_agent (org_id, uid, agent_repository_id, name, description, file_path, content_hash, frontmatter, is_active)
     select org_id, $2::uuid, id, $3::text, $4, $2::text || '.md', md5($3::text), $5, $6 from app.agent_repository where uid = $1`,
    [repositoryId, uid, frontmatter['name'], frontmatter['description'] ?? null, JSON.stringify(frontmatter), isActive],
  );
  return uid;
}

describe('an agent written by hand', () => {
  it('is made, read, changed by its version and deleted, and all of it is audited', async () => {
    const made = await create({
      name: ' Invoice helper ',
      model: 'small',
      systemPrompt: 'You help.',
      parameters: { temperature: 0.2 },
      tools: ['read_data', 'write_data'],
    });
    expect(made).toMatchObject({
      status: 201,
      headers: { etag: '"1"' },
      body: {
        name: 'Invoice helper',
        description: null,
        model: 'small',
        systemPrompt: 'You help.',
        parameters: { temperature: 0.2 },
        tools: ['read_data', 'write_data'],
        gitAgentId: null,
        isActive: true,
        version: 1,
      },
    });
    const id = String(made.body['id']);
    expect(await get(`/v1/agents/${id}`)).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: made.body });
    expect(made.body).not.toHaveProperty('orgId');

    const changed = await change(id, 1, { model: null, tools: [], isActive: false });
    expect(changed).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { model: null, tools: [], isActive: false, systemPrompt: 'You help.', version: 2 },
    });
    expect(await change(id, 1, { model: 'large' })).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    expect(await api.call('PATCH', `/v1/agents/${id}`, { token: ada.token, json: { model: 'large' } })).toMatchObject({ status: 428 });
    expect((await get(`/v1/agents/${id}`)).body).toEqual(changed.body);

    expect(await remove(id)).toMatchObject({ status: 204 });
    expect(await get(`/v1/agents/${id}`)).toMatchObject({ status: 404, body: { code: 'AGENT_NOT_FOUND' } });
    expect(await change(id, 2, { model: 'large' })).toMatchObject({ status: 404, body: { code: 'AGENT_NOT_FOUND' } });
    expect(await remove(id)).toMatchObject({ status: 404, body: { code: 'AGENT_NOT_FOUND' } });
    const audited = await asSuperuser<{ action: string; changes: unknown }>(
      database,
      'select action, changes from app.audit_log where subject_id = $1 order by created_at, id',
      [id],
    );
    expect(audited).toEqual([
      { action: 'agent.created', changes: { name: 'Invoice helper', gitAgentId: null } },
      { action: 'agent.updated', changes: { name: 'Invoice helper', fields: ['model', 'tools', 'isActive'] } },
      { action: 'agent.deleted', changes: { name: 'Invoice helper', tasks: 0 } },
    ]);
  });

  it('has a name of its own within the organization only', async () => {
    const first = await created({ name: 'Twice' });
    const taken = { status: 409, body: { code: 'AGENT_NAME_TAKEN', errors: [{ field: 'name' }] } };
    expect(await create({ name: 'Twice' })).toMatchObject(taken);
    const other = await created({ name: 'Once' });
    expect(await change(other, 1, { name: 'Twice' })).toMatchObject(taken);
    expect(await change(first, 1, { name: 'Twice' })).toMatchObject({ status: 200 });
    await created({ name: 'Twice' }, await register(api, 'Bob'));
  });

  it('is changed by one of two who saw the same version', async () => {
    const id = await created();
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((model) => change(id, 1, { model })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await get(`/v1/agents/${id}`)).body).toMatchObject({ version: 2 });
  });

  it('keeps its version where nothing is changed', async () => {
    const id = await created();
    expect(await change(id, 1, {})).toMatchObject({ status: 200, body: { version: 1 } });
  });

  it.each<[string, number, Record<string, unknown>]>([
    ['name', 422, {}],
    ['name', 400, { name: null }],
    ['name', 400, { name: ' ' }],
    ['name', 400, { name: 'x'.repeat(256) }],
    ['tools', 400, { name: 'x', tools: ['Read'] }],
    ['tools', 400, { name: 'x', tools: ['a', 'a'] }],
    ['tools', 400, { name: 'x', tools: ['a'.repeat(65)] }],
    ['tools', 400, { name: 'x', tools: Array.from({ length: 51 }, (_, index) => `t${index}`) }],
    ['tools', 400, { name: 'x', tools: null }],
    ['parameters', 400, { name: 'x', parameters: { text: 'x'.repeat(16_400) } }],
    ['parameters', 400, { name: 'x', parameters: [] }],
    ['systemPrompt', 400, { name: 'x', systemPrompt: 'x'.repeat(262_145) }],
    ['systemPrompt', 422, { name: 'x', systemPrompt: 'ä'.repeat(200_000) }],
    ['isActive', 400, { name: 'x', isActive: 'yes' }],
    ['orgId', 400, { name: 'x', orgId: newId() }],
    ['gitAgentId', 400, { gitAgentId: 'x' }],
  ])('is refused by its %s with %i', async (field, status, json) => {
    expect(await create(json)).toMatchObject({
      status,
      body: { errors: expect.arrayContaining([expect.objectContaining({ field: expect.stringContaining(field) })]) },
    });
  });

  it('is out of reach of other organizations', async () => {
    const id = await created();
    const carol = await register(api, 'Carol');
    for (const answer of [await get(`/v1/agents/${id}`, carol), await change(id, 1, { model: 'x' }, carol), await remove(id, '?withTasks=true', carol)]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'AGENT_NOT_FOUND' } });
    }
    expect((await get('/v1/agents', carol)).body).toMatchObject({ items: [], nextCursor: null });
  });
});

describe('an agent made from a git agent', () => {
  const frontmatter = {
    name: 'reviewer',
    description: 'Reviews.',
    model: 'opus',
    tools: 'Read, web_search, web_search, ask_for_input',
    prompt: 'You review.',
    parameters: { temperature: 0 },
  };
  let repositoryId: string;
  let source: string;

  beforeAll(async () => {
    repositoryId = await createRepository(api, ada, 'sources');
    source = await gitAgent(repositoryId, frontmatter);
  });

  it('takes over what the frontmatter says, unless something else is said', async () => {
    const copy = await create({ gitAgentId: source });
    expect(copy).toMatchObject({
      status: 201,
      body: {
        name: 'reviewer',
        description: 'Reviews.',
        model: 'opus',
        systemPrompt: 'You review.',
        parameters: { temperature: 0 },
        tools: ['web_search', 'ask_for_input'],
        gitAgentId: source,
      },
    });
    expect(await create({ gitAgentId: source, name: 'my reviewer', model: null, tools: ['read_data'] })).toMatchObject({
      status: 201,
      body: { name: 'my reviewer', model: null, description: 'Reviews.', tools: ['read_data'], gitAgentId: source },
    });
    expect(namesOf((await get(`/v1/agents?gitAgentId=${source}`)).body)).toEqual(['reviewer', 'my reviewer']);
  });

  it('takes the description for the prompt where the frontmatter has none, and leaves out what it cannot use', async () => {
    const plain = await gitAgent(repositoryId, { name: 'plain', description: 'Writes.', model: 7, tools: { Read: true }, parameters: ['x'] });
    expect(await create({ gitAgentId: plain })).toMatchObject({
      status: 201,
      body: { systemPrompt: 'Writes.', model: null, tools: [], parameters: {} },
    });
  });

  it('needs one that is there, and in this organization', async () => {
    expect(await create({ gitAgentId: newId() })).toMatchObject({ status: 404, body: { code: 'GIT_AGENT_NOT_FOUND' } });
    expect(await create({ gitAgentId: source }, await register(api, 'Dora'))).toMatchObject({ status: 404, body: { code: 'GIT_AGENT_NOT_FOUND' } });
    const gone = await gitAgent(repositoryId, { name: 'gone' }, false);
    expect(await create({ gitAgentId: gone })).toMatchObject({ status: 409, body: { code: 'GIT_AGENT_INACTIVE' } });
  });

  it('stays, and forgets where it came from, when the repository goes', async () => {
    const brief = await createRepository(api, ada, 'brief');
    const id = await created({ gitAgentId: await gitAgent(brief, { name: 'x' }) });
    expect(await api.call('DELETE', `/v1/agent-repositories/${brief}`, { token: ada.token })).toMatchObject({ status: 204 });
    expect(await get(`/v1/agents/${id}`)).toMatchObject({ status: 200, body: { gitAgentId: null } });
  });
});

describe('the list', () => {
  let eve: RegisteredPerson;

  beforeAll(async () => {
    eve = await register(api, 'Eve');
    for (const name of ['Invoice one', 'invoice two', 'Report', '100% sure', '100x']) await created({ name, isActive: name !== 'Report' }, eve);
  });

  it.each([
    ['', ['Invoice one', 'invoice two', 'Report', '100% sure', '100x']],
    ['?name=INVOICE', ['Invoice one', 'invoice two']],
    ['?name=voice', []],
    ['?name=100%25', ['100% sure']],
    ['?active=false', ['Report']],
    ['?active=true&name=r', []],
  ])('is filtered: %p', async (query, names) => {
    expect(namesOf((await get(`/v1/agents${query}`, eve)).body)).toEqual(names);
  });

  it('is paged through without loss or repetition, and takes no other cursor', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; page < 10 && cursor !== null; page += 1) {
      const { body } = await get(`/v1/agents?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`, eve);
      seen.push(...namesOf(body));
      cursor = typeof body['nextCursor'] === 'string' ? body['nextCursor'] : null;
    }
    expect(seen).toEqual(['Invoice one', 'invoice two', 'Report', '100% sure', '100x']);
    expect(await get('/v1/agents?cursor=nonsense', eve)).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });
});

it('an agent with tasks goes only where it is said that they may go along', async () => {
  const id = await created();
  await asSuperuser(
    database,
    "insert into app.task (org_id, id, agent_id, title) select $1, gen_random_uuid(), $2, 'Task ' || n from generate_series(1, 3) n",
    [ada.orgId, id],
  );
  const refused = await remove(id);
  expect(refused).toMatchObject({ status: 409, body: { code: 'AGENT_IN_USE' } });
  expect(refused.text).toContain('3 tasks');
  expect(await remove(id, '?withTasks=false')).toMatchObject({ status: 409 });
  expect(await remove(id, '?withTasks=true')).toMatchObject({ status: 204 });
  expect(await asSuperuser(database, 'select 1 from app.task where agent_id = $1', [id])).toEqual([]);
});
