import { mkdtemp, readFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from './commands.js';
import { runCli } from './run-cli.js';

describe('db:reset', () => {
  const before = process.env['PLINTH_HOME'];
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'plinth-reset-'));
    await mkdir(join(home, 'postgres'));
    await writeFile(join(home, 'postgres', 'PG_VERSION'), '18\n');
    process.env['PLINTH_HOME'] = home;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env['PLINTH_HOME'];
    else process.env['PLINTH_HOME'] = before;
    await rm(home, { recursive: true, force: true });
  });

  async function reset(...args: string[]): Promise<{ code: number; err: string }> {
    const err: string[] = [];
    const code = await runCli(['db:reset', ...args], COMMANDS, { out: () => undefined, err: (line) => err.push(line), env: process.env });
    return { code, err: err.join('\n') };
  }

  test('deletes nothing without --yes, and says which flag it takes', async () => {
    const { code, err } = await reset();

    expect(code).toBe(1);
    expect(err).toContain('npm run db:reset -- --yes');
    expect(await readFile(join(home, 'postgres', 'PG_VERSION'), 'utf8')).toBe('18\n');
  });

  test('deletes the data with --yes', async () => {
    const { code } = await reset('--yes');

    expect(code).toBe(0);
    await expect(readFile(join(home, 'postgres', 'PG_VERSION'), 'utf8')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
