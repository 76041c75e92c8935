import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { ACCEPTED } from './accepted.js';
import { lintCatalogue, type CatalogueReport } from './lint-catalogue.js';

describe('the rules on the live catalogue', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  async function lintAs(url: string): Promise<CatalogueReport> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return await lintCatalogue(client);
    } finally {
      await client.end();
    }
  }

  it('find nothing in what the migrations make, beyond what is accepted with a reason', async () => {
    const report = await lintAs(database.urls.owner);
    expect(report.findings).toEqual([]);
    expect(report.accepted.map(({ object }) => object).sort()).toEqual(ACCEPTED.map(({ object }) => object).sort());
    expect(report.objects).toBeGreaterThan(60);
  });

  it('see the same with the services’ login, which reads no table', async () => {
    expect(await lintAs(database.urls.login)).toEqual(await lintAs(database.urls.owner));
  });

  it('say that an acceptance is no longer needed', async () => {
    const client = new pg.Client({ connectionString: database.urls.owner });
    await client.connect();
    try {
      const gone = { rule: 'index-led-by-org', object: 'index ix_gone on job', reason: 'It was there once.' };
      const { findings } = await lintCatalogue(client, [...ACCEPTED, gone]);
      expect(findings.map(({ rule, object }) => `${rule}: ${object}`)).toEqual(['accepted-unused: index ix_gone on job']);
    } finally {
      await client.end();
    }
  });
});
