/** `npm run migration:… | schema:log`: sets up what is missing, then hands the command to TypeORM's own command line, or to ours for `security`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { main, root } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

const sources = join(root, 'dist', 'libs', 'database', 'src');

await main(async () => {
  await setUp();
  const [command, ...rest] = process.argv.slice(2);
  const program =
    command === 'migration:security'
      ? [join(sources, 'entities', 'declare', 'print-pending-security.js')]
      : [join(root, 'node_modules', 'typeorm', 'cli.js'), command, '-d', join(sources, 'data-source.js'), ...rest];
  const child = spawn(process.execPath, program, { stdio: 'inherit', cwd: root });
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
});
