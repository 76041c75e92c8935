/** The operator's commands (npm run db:…, queue:…): sets up what is missing, then hands the arguments to the compiled command line. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { main, root } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

await main(async () => {
  await setUp();
  const library = process.argv[2]?.startsWith('queue:') ? 'queue' : 'database';
  const cli = join(root, 'dist', 'libs', library, 'src', 'cli', 'main.js');
  const child = spawn(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; the command decides what it means, and this process ends after it.
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => name === 'SIGTERM' && child.kill(name));
  process.exitCode = await new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code === null ? (signal === 'SIGINT' ? 130 : 1) : code));
  });
});
