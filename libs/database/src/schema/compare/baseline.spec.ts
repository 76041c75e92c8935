import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BaselineUnreadableError } from '../errors.js';
import { acceptDrift, readBaseline, sortByBaseline } from './baseline.js';
import type { SchemaFinding } from './finding.js';

const finding = (identity: string): SchemaFinding => ({
  code: 'INDEX_EXTRA',
  driftClass: 'extra',
  severity: 'info',
  object: { kind: 'index', name: identity },
  expected: null,
  actual: 'there',
  explanation: 'An index.',
  repair: [],
  key: `index:${identity}`,
  identity,
});

describe('the baseline of accepted drift', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-baseline-'));
    file = join(folder, 'schema-baseline.json');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('accepts nothing where there is no file', async () => {
    expect(await readBaseline(file)).toEqual([]);
  });

  it('parts what was accepted from what is new, and names what is gone', async () => {
    await acceptDrift(file, [finding('a'), finding('b')], [finding('a'), finding('b')], 'made by hand in the outage of May');
    expect(sortByBaseline([finding('b'), finding('c')], await readBaseline(file))).toEqual({
      fresh: [finding('c')],
      accepted: [finding('b')],
      obsolete: ['a'],
    });
  });

  it('keeps earlier reasons, adds new ones and forgets what is gone', async () => {
    await acceptDrift(file, [finding('a'), finding('b')], [finding('a'), finding('b')], 'first');
    await acceptDrift(file, [finding('c')], [finding('b'), finding('c')], 'second');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      accepted: [
        { identity: 'b', reason: 'first' },
        { identity: 'c', reason: 'second' },
      ],
    });
  });

  it.each(['{', '[]', '{"accepted":[{"identity":"a"}]}', '{"accepted":[{"identity":"a","reason":" "}]}'])(
    'refuses %s, with the name of the file',
    async (text) => {
      await writeFile(file, text);
      const refusal = await readBaseline(file).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(BaselineUnreadableError);
      expect(String(refusal)).toContain(file);
    },
  );
});
