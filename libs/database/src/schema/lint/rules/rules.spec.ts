import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.js';
import { catalogueFindings } from '../lint-catalogue.js';
import { lintMigration } from '../lint-migration.js';
import { runExample } from '../testing/example-database.js';
import { RULES } from './index.js';
import type { Example, Rule } from './rule.js';

type Row = [string, Rule];
const ALL = RULES.map((rule): Row => [rule.id, rule]);
const OF_CATALOGUE = ALL.filter(([, { looksAt }]) => looksAt === 'catalogue');

describe('the rules', () => {
  let database: TestDatabase;
  let admin: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new pg.Client({ connectionString: database.urls.admin });
    await admin.connect();
  });

  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  /** As a migration that sends each statement by itself; what travels together stands on one line of the example. */
  async function findingsOf(example: Example): Promise<string[]> {
    const run = await runExample(example, admin);
    const messages = example.sql.includes('$$') ? [example.sql] : example.sql.split(';\n');
    const { findings } = await lintMigration({ name: 'Example', messages, ...run });
    return findings.map(({ rule, says }) => `${rule}: ${says}`);
  }

  it.each(ALL)('%s stops its red example', async (id, rule) => {
    const findings = await findingsOf(rule.red);
    expect(findings.filter((finding) => finding.startsWith(`${id}: `))).not.toEqual([]);
  });

  it.each(ALL)('%s, and every other rule, lets its green example pass', async (_id, rule) => {
    expect(await findingsOf(rule.green)).toEqual([]);
  });

  it.each(OF_CATALOGUE)('%s sees its red example on the live catalogue', async (id, rule) => {
    const { after } = await runExample(rule.red, admin);
    const found = await catalogueFindings(after);
    expect(found.map((each) => each.rule.id)).toContain(id);
  });
});
