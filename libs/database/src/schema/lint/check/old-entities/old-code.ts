import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { OldEntitiesUnusableError } from '../../errors.js';
import { git } from '../git.js';
import type { ProbeOrder } from './probe.js';

const run = promisify(execFile);
const SOURCES = join('libs', 'database', 'src');
const PROBE = join(SOURCES, 'schema', 'lint', 'check', 'old-entities', 'probe.ts');

/** The entities of a commit, compiled, with the probe beside them. */
export interface OldCode {
  /** The probe's script, to be run by node. */
  readonly script: string;
  readonly enter: ProbeOrder['enter'];
}

/**
 * Takes the entities of `commit` out of git, compiles them with what they import, does `work` and removes them again.
 * @param root the checkout: its packages and its compiler's settings are used
 * @throws OldEntitiesUnusableError
 */
export async function withOldCode<T>(root: string, commit: string, work: (code: OldCode) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'plinth-old-entities-'));
  try {
    const archive = join(folder, 'old.tar');
    await git(root, 'archive', '--format=tar', `--output=${archive}`, commit, '--', SOURCES);
    await run('tar', ['-xf', archive, '-C', folder]);
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
    const sources = join(folder, SOURCES);
    await compile(root, sources, ['entities/index.ts', 'entities/declare/naming-strategy.ts']);
    const script = join(sources, 'probe.js');
    await writeFile(script, await compiled(root, join(root, PROBE)));
    return await work({ script, enter: await enteringOf(join(sources, 'tenancy', 'entering.ts')) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Compiles `files` and every file that they reach by a relative import, each beside its source. */
async function compile(root: string, sources: string, files: readonly string[]): Promise<void> {
  const waiting = [...files];
  const done = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (done.has(file)) continue;
    done.add(file);
    const path = join(sources, file);
    if (!existsSync(path)) throw new OldEntitiesUnusableError(`"${file}" is not there`);
    const code = await compiled(root, path);
    const target = path.replace(/\.ts$/, '.js');
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, code);
    for (const [, specifier = ''] of code.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.js['"]/g))
      waiting.push(relative(sources, join(dirname(path), `${specifier}.ts`)));
  }
}

async function compiled(root: string, path: string): Promise<string> {
  // A tool of development: nothing that serves has it.
  const { transformFile } = await import('@swc/core');
  const { code } = await transformFile(path, { configFile: join(root, '.swcrc'), sourceMaps: false, cwd: root });
  return code;
}

/** How the old code enters; its parameters may have changed since. */
async function enteringOf(path: string): Promise<ProbeOrder['enter']> {
  const text = await readFile(path, 'utf8');
  const call = (name: string): string => {
    const found = new RegExp(`select app\\.${name}\\([^']*\\)`).exec(text)?.[0];
    if (found === undefined) throw new OldEntitiesUnusableError(`its tenancy/entering.ts does not call app.${name}`);
    return found;
  };
  return { tenant: call('enter_tenant'), auth: call('enter_auth'), admin: call('enter_admin') };
}
