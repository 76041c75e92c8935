import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GUARDS, type Mutant } from '../mutations/guards.mjs';
import { MutantBench, without } from '../mutations/mutant-bench.mjs';

const root = join(import.meta.dirname, '..', '..');
const RUN_MS = 90_000;

/** `npm run test:mutations` takes out all of them; these are one that needs no database, and one that does. */
const SAMPLE = ['SET, RESET, DO and transaction control are not sent', 'unrestricted work has a reason and an actor'];

function guardOf(rule: string): Mutant {
  const guard = GUARDS.find((one) => one.rule === rule);
  if (guard === undefined) throw new Error(`No guard is listed for "${rule}".`);
  return guard;
}

describe('the guards', () => {
  it.each(GUARDS)('still stand where the list says: $rule', (guard) => {
    const text = readFileSync(join(root, guard.file), 'utf8');
    expect(without(text, guard)).not.toBe(text);
    expect(existsSync(join(root, guard.spec))).toBe(true);
  });

  it('are listed once', () => {
    expect(new Set(GUARDS.map(({ rule }) => rule)).size).toBe(GUARDS.length);
  });
});

describe('a guard taken out', () => {
  let bench: MutantBench;
  beforeAll(() => {
    bench = new MutantBench(root);
  });
  afterAll(() => bench.close());

  it.each(SAMPLE)(
    'is missed by its test: %s',
    async (rule) => {
      expect(await bench.run(guardOf(rule))).toMatchObject({ verdict: 'seen' });
    },
    RUN_MS,
  );

  it(
    'is told from a change that no test sees, and from a test that is not there',
    async () => {
      const guard = guardOf(SAMPLE[0] ?? '');
      expect(await bench.run({ ...guard, with: `${guard.replace}  void first;\n` })).toMatchObject({ verdict: 'unseen' });
      expect(await bench.run({ ...guard, test: 'a name that no test has' })).toMatchObject({ verdict: 'no test' });
    },
    RUN_MS,
  );

  it('must stand there word for word', async () => {
    await expect(bench.run({ ...guardOf(SAMPLE[0] ?? ''), replace: 'what nobody wrote' })).rejects.toThrow(
      '0 times. Say in scripts/mutations/guards.mjs how it reads now.',
    );
  });
});
