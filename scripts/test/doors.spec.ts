import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const root = process.cwd();
const run = promisify(execFile);
const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly imports: Readonly<Record<string, string>> };
const APPS = ['./dist/apps/api/src/app.module.js', './dist/apps/worker/src/app.module.js'];

/** What a module exports when it is the only thing that a fresh process loads. */
async function exportsOf(file: string): Promise<string[]> {
  const url = pathToFileURL(join(root, file)).href;
  const program = `import 'reflect-metadata'; const loaded = await import(${JSON.stringify(url)}); console.log(JSON.stringify(Object.keys(loaded)));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: root });
  return (JSON.parse(stdout) as string[]).sort();
}

describe('the doors', () => {
  it.each(Object.entries(imports))('%s loads alone and exports what it says', async (_door, file) => {
    expect(await exportsOf(file)).toMatchSnapshot();
  });

  it.each(APPS)('%s loads alone and exports its module', async (file) => {
    expect(await exportsOf(file)).toMatchSnapshot();
  });
});
