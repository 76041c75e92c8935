/**
 * The operator's commands (npm run db:…, migration:…, schema:…, queue:…, credentials:…, user:…) and, as `plinth`, the command line that knows
 * the API only (npm run plinth -- …): sets up what is missing, then hands the arguments to the compiled command line. `schema:log` is
 * TypeORM's own.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { main, root } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

const sources = join(root, 'dist', 'libs');

/** Which library has the commands that begin so; the others are the database's. */
const LIBRARIES = { queue: 'queue', credentials: 'agents', user: 'identity' };

await main(async () => {
  await setUp();
  const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', ...programOf(process.argv.slice(2))], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; the command decides what it means, and this process ends after it.
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => name === 'SIGTERM' && child.kill(name));
  process.exitCode = await new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code === null ? (signal === 'SIGINT' ? 130 : 1) : code));
  });
});

function programOf([command, ...rest]) {
  if (command === 'plinth') return [join(root, 'dist', 'apps', 'cli', 'src', 'main.js'), ...rest];
  if (command === 'schema:log')
    return [join(root, 'node_modules', 'typeorm', 'cli.js'), command, '-d', join(sources, 'database', 'src', 'data-source.js'), ...rest];
  const library = LIBRARIES[command?.split(':')[0]] ?? 'database';
  return [join(sources, library, 'src', 'cli', 'main.js'), ...(command === undefined ? [] : [command, ...rest])];
}
