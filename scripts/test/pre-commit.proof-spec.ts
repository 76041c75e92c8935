import { join } from 'node:path';
import { stepsOf } from './support/literal-document.js';
import { WorkingCopy } from './support/working-copy.js';

const ROOT = join(import.meta.dirname, '..', '..');
/** The entity of the document, and the lines that put it on the list. */
const ENTITY = stepsOf(join(ROOT, 'docs', 'adding-a-table.md')).filter((step) => step.act !== 'run' && step.path.startsWith('libs/database/src/entities/'));
const HOOK = 'node scripts/pre-commit.mjs --stop-after 90000';

describe('the commit hook', () => {
  let copy: WorkingCopy;

  beforeAll(async () => {
    copy = await WorkingCopy.of(ROOT, { HUSKY: '0', PLINTH_EMBEDDED_GRACE_MS: '100' });
    // The embedded server's supervisor runs from the build, which every checkout has that ever started or tested anything.
    await copy.run('npm run --silent build');
    await copy.run('git init --quiet --initial-branch=main && git add --all && git -c user.name=t -c user.email=t@example.test commit --quiet --message base');
  }, 180_000);

  afterAll(() => copy?.remove());

  it('says nothing where no entity and no migration is staged', async () => {
    await copy.run('echo >> README.md && git add README.md');
    expect(await copy.run(HOOK)).toBe('');
  });

  it('stops a commit of an entity whose migration is not there, names the table, and says how to go on', async () => {
    for (const step of ENTITY) await copy.take(step);
    await copy.run('git add --all');
    const refusal = await copy.run(HOOK).then(
      () => 'the commit passed',
      (error: unknown) => String(error),
    );
    expect(refusal).toContain('app.note');
    expect(refusal).toContain('npm run migration:generate');
    expect(refusal).toContain('the commit was stopped');
  }, 120_000);

  it('judges what is staged, not what lies beside it', async () => {
    await copy.run('git reset --quiet && git add README.md');
    expect(await copy.run(HOOK)).toBe('');
  });

  it('says what it left to CI where its time is over', async () => {
    await copy.run('git add --all');
    expect(await copy.run('node scripts/pre-commit.mjs --stop-after 1')).toContain('left to CI');
  }, 60_000);
});
