import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliIo, ExitCode } from '../command.js';
import { keepDocs, type KeepDocsOptions } from './keep-docs.js';

const DOCS = new Map([
  ['README.md', 'all\n'],
  ['core.md', 'core\n'],
]);

describe('npm run schema:docs', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-docs-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function run(options: KeepDocsOptions): Promise<{ code: ExitCode; said: string }> {
    const said: string[] = [];
    const io: CliIo = { out: (line) => said.push(line), err: (line) => said.push(line), env: {} };
    return { code: await keepDocs(folder, DOCS, options, io), said: said.join('\n') };
  }

  it('writes what is not there, and then has nothing to write', async () => {
    expect(await run({})).toEqual({ code: 0, said: 'Written in docs/schema: "README.md", "core.md". Commit them.' });
    expect(await run({})).toEqual({ code: 0, said: 'docs/schema is current: 2 files.' });
  });

  it('with --check names what is not current, exits with 1 and writes nothing', async () => {
    await writeFile(join(folder, 'core.md'), 'edited\n');
    expect(await run({ check: true })).toEqual({ code: 1, said: 'Not current in docs/schema: "README.md", "core.md". Write them: npm run schema:docs' });
    expect(await readdir(folder)).toEqual(['core.md']);
    await run({});
    expect(await run({ check: true })).toEqual({ code: 0, said: 'docs/schema is current: 2 files.' });
  });

  it('answers in JSON', async () => {
    await writeFile(join(folder, 'gone.md'), 'of an area that is no more\n');
    const stale = ['README.md', 'core.md', 'gone.md'];
    expect(JSON.parse((await run({ check: true, json: true })).said)).toEqual({ files: 2, stale, written: [] });
    expect(JSON.parse((await run({ json: true })).said)).toEqual({ files: 2, stale, written: stale });
  });
});
