import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { DatabaseModule } from './database.module.js';
import { Agent } from './entities/index.js';
import { newId } from './ids.js';
import { AuthConnection } from './tenancy/auth-connection.js';
import { runWithContext } from './tenancy/context.js';
import { currentContext } from './tenancy/context.js';
import { Database } from './tenancy/database.js';
import { QueueConnection } from './tenancy/plain-connection.js';
import { TenantConnection } from './tenancy/tenant-connection.js';
import { createOrganization, createTestDatabase, type TestDatabase } from './testing/test-database.js';

@Injectable()
class AgentService {
  constructor(
    readonly tenant: TenantConnection,
    @InjectRepository(Agent) readonly agents: Repository<Agent>,
  ) {}
}

@Module({ providers: [AgentService], exports: [AgentService] })
class FeatureModule {}

const VARIABLES = ['DATABASE_URL', 'DATABASE_PRIVILEGED_URL', 'DATABASE_QUEUE_URL'] as const;
const before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  Object.assign(process.env, { DATABASE_URL: test.urls.login, DATABASE_PRIVILEGED_URL: test.urls.privileged, DATABASE_QUEUE_URL: test.urls.queue });
});
afterAll(async () => {
  for (const name of VARIABLES) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  await test.drop();
});

function makeModule(pools: ('tenant' | 'privileged' | 'queue')[]): ReturnType<ReturnType<typeof Test.createTestingModule>['compile']> {
  return Test.createTestingModule({ imports: [DatabaseModule.forRoot({ pools, applicationName: 'spec' }), FeatureModule] }).compile();
}

it("gives every module the tenant connection and TypeORM's repositories of the running request", async () => {
  const { orgId } = await createOrganization(test);
  const module = await makeModule(['tenant', 'privileged', 'queue']);
  const service = module.get(AgentService, { strict: false });
  await runWithContext({ requestId: 'r1' }, async () => {
    currentContext()?.setPrincipal({ userId: null, orgId, actorType: 'SYSTEM', actorId: null, role: null, scopes: [] });
    await service.agents.insert({ id: newId(), name: 'injected' });
    expect(await service.tenant.repository(Agent).findOne({ name: 'injected' })).toMatchObject({ orgId, name: 'injected' });
  });
  expect(module.get(QueueConnection)).toBeInstanceOf(QueueConnection);
  await module.close();
});

it('opens only the pools that are asked for', async () => {
  const module = await makeModule(['tenant']);
  expect(module.get(Database).pools.map(({ name }) => name)).toEqual(['tenant']);
  expect(() => module.get(AuthConnection)).toThrow();
  await module.close();
});

it('closes every connection when the application shuts down', async () => {
  const module = await makeModule(['tenant']);
  const database = module.get(Database);
  await module.close();
  expect(database.pools.map(({ usage }) => usage.open)).toEqual([0]);
});

it('does not start with a login that owns the tables', async () => {
  process.env['DATABASE_URL'] = test.urls.owner;
  await expect(makeModule(['tenant'])).rejects.toMatchObject({ family: 'operator' });
  process.env['DATABASE_URL'] = test.urls.login;
});
