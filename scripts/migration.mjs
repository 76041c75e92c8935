/**
 * `npm run migration:… | schema:log`: sets up what is missing, then hands the command to our own command line; `schema:log` is TypeORM's.
 * `typeorm migration:run | show | revert -d dist/libs/database/src/data-source.js` works as well, by the same runner.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { main, root } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

const sources = join(root, 'dist', 'libs', 'database', 'src');

await main(async () => {
  const [command, ...rest] = process.argv.slice(2);
  await setUp();
  const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', ...programOf(command, rest)], { stdio: 'inherit', cwd: root });
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
});

function programOf(command, rest) {
  if (command === 'schema:log') return [join(root, 'node_modules', 'typeorm', 'cli.js'), command, '-d', join(sources, 'data-source.js'), ...rest];
  return [join(sources, 'cli', 'main.js'), command, ...rest];
}
