import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { stepsOf, type Step } from './support/literal-document.js';
import { WorkingCopy } from './support/working-copy.js';

const ROOT = join(import.meta.dirname, '..', '..');
const MIGRATION = 'libs/database/src/migrations/1795300000000-add-note.ts';
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
    copy?.remove();
    await database?.drop();
  });

  it.each(steps.map((step) => ({ step, line: step.line, what: step.act === 'run' ? step.commands.join(', ') : `${step.act} ${step.path}` })))(
    'line $line: $what',
    async ({ step }) => {
      printed.set(step, await copy.take(step));
    },
    120_000,
  );

  const [before, after, , proofs] = steps.filter((step) => step.act === 'run');
  const outputOf = (step: Step | undefined): string => (step === undefined ? '' : (printed.get(step) ?? ''));

  it('the migration makes what the generator asked for, word by word in what concerns security', () => {
    const migration = copy.read(MIGRATION);
    const security = outputOf(before)
      .split('\n')
      .filter((line) => / app\."note" .*;$/.test(line) && !line.startsWith(' '));
    expect(security.length).toBeGreaterThan(5);
    expect(security.filter((statement) => !migration.includes(`\`${statement.slice(0, -1)}\``))).toEqual([]);
    expect(outputOf(before)).toContain('CREATE TABLE "app"."note"');
  });

  it('afterwards nothing is missing', () => {
    expect(outputOf(after)).toContain('AddNote1795300000000 has been executed successfully');
    expect(outputOf(after)).toContain('Your schema is up to date');
    expect(outputOf(after)).toContain('every declaration has its migration');
  });

  it('tests ran and passed, and nothing got through the prover', () => {
    expect(outputOf(proofs)).toMatch(/[1-9]\d* passed, 0 failed/);
    expect(outputOf(proofs)).toContain('0 broken, 0 could not look');
  });

  it('the prover attacked the new table, and what the document tells to write follows the rules of the house', async () => {
    const files = steps.flatMap((step) => (step.act === 'run' ? [] : [step.path]));
    const [report] = await Promise.all([
      copy.run('npm run --silent isolation:prove -- --json 2>/dev/null'),
      copy.run(`npx eslint --max-warnings 0 ${[...new Set(files)].join(' ')}`),
    ]);
    const { findings } = JSON.parse(report) as { readonly findings: readonly { readonly object: string }[] };
    expect(findings.filter(({ object }) => object === 'note' || object.startsWith('note.')).length).toBeGreaterThan(20);
  }, 120_000);
});
