import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { stepsOf, type Step } from './support/literal-document.js';
import { WorkingCopy } from './support/working-copy.js';

const ROOT = join(import.meta.dirname, '..', '..');
const MIGRATION = 'libs/database/src/migrations/*-add-note.ts';
const LIST = 'libs/database/src/migrations/index.ts';
const steps = stepsOf(join(ROOT, 'docs', 'adding-a-table.md'));

describe('docs/adding-a-table.md, taken literally', () => {
  const printed = new Map<Step, string>();
  let database: TestDatabase;
  let copy: WorkingCopy;

  beforeAll(async () => {
    database = await createTestDatabase();
    copy = await WorkingCopy.of(ROOT, {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.urls.login,
      DATABASE_PRIVILEGED_URL: database.urls.privileged,
      DATABASE_QUEUE_URL: database.urls.queue,
      DATABASE_OWNER_URL: database.urls.owner,
      PLINTH_TEST_HOME: process.env['PLINTH_TEST_HOME'] ?? join(ROOT, '.plinth', 'test'),
    });
  });

  afterAll(async () => {
    // The copy's own embedded server, which migrations are generated on.
    await copy?.run('npm run --silent db:stop');
    copy?.remove();
    await database?.drop();
  });

  it.each(steps.map((step) => ({ step, line: step.line, what: step.act === 'run' ? step.commands.join(', ') : `${step.act} ${step.path}` })))(
    'line $line: $what',
    async ({ step }) => {
      printed.set(step, await copy.take(step));
    },
    300_000,
  );

  const [generated, finished, , proofs] = steps.filter((step) => step.act === 'run');
  const outputOf = (step: Step | undefined): string => (step === undefined ? '' : (printed.get(step) ?? ''));

  it('the migration was generated, listed and run as it is, and says what it locks and loses', () => {
    const migration = copy.find(MIGRATION);
    const text = copy.read(migration);
    expect(outputOf(generated)).toContain(migration);
    expect(copy.read(LIST)).toMatch(/^ {2}AddNote\d{13},$/m);
    expect(text).toContain('locks organization: SHARE ROW EXCLUSIVE');
    expect(text).toContain('LOSES every row of app.note');
    expect(text).toMatch(/CREATE POLICY "tenant_isolation" ON "app"\."note" .* USING \(\(org_id = app\.current_org_id\(\)\)\) WITH CHECK/);
    expect(outputOf(finished)).toMatch(/AddNote\d{13}/);
  });

  it('afterwards nothing is missing', () => {
    expect(outputOf(finished)).toContain('Nothing is missing: the migrations make what the entities declare.');
  });

  it('tests ran and passed, and nothing got through the prover', () => {
    expect(outputOf(proofs)).toMatch(/[1-9]\d* passed, 0 failed/);
    expect(outputOf(proofs)).toContain('0 broken, 0 could not look');
  });

  it('the prover attacked the new table, and what the document tells to write follows the rules of the house', async () => {
    const files = steps.flatMap((step) => (step.act === 'run' ? [] : [copy.find(step.path)]));
    const [report] = await Promise.all([
      copy.run('npm run --silent isolation:prove -- --json 2>/dev/null'),
      copy.run(`npx eslint --max-warnings 0 ${[...new Set(files)].join(' ')}`),
      copy.run(`npx prettier --check ${copy.find(MIGRATION)} ${LIST}`),
    ]);
    const { findings } = JSON.parse(report) as { readonly findings: readonly { readonly object: string }[] };
    expect(findings.filter(({ object }) => object === 'note' || object.startsWith('note.')).length).toBeGreaterThan(20);
  }, 120_000);
});
