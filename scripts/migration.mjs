/** `npm run migration:… | schema:log`: sets up what is missing, then hands the command to TypeORM's own command line, or to ours for `security`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { main, root, Stop } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

const sources = join(root, 'dist', 'libs', 'database', 'src');

await main(async () => {
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'migration:generate' && !rest.some((argument) => !argument.startsWith('-'))) {
    throw new Stop(
      'Give the migration a name. To see its SQL: npm run migration:generate -- add-note --dryrun --pretty; docs/adding-a-table.md goes on from there.',
    );
  }
  const confirmed = rest.indexOf('--yes');
  if (confirmed >= 0) rest.splice(confirmed, 1);
  if (command === 'migration:revert' && confirmed < 0) {
    throw new Stop(
      'Reverting a migration drops what it made, with the rows in it. Nothing was changed. To do it, add the flag: npm run migration:revert -- --yes',
    );
  }
  await setUp();
  const program =
    command === 'migration:security'
      ? [join(sources, 'entities', 'declare', 'print-pending-security.js')]
      : [join(root, 'node_modules', 'typeorm', 'cli.js'), command, '-d', join(sources, 'data-source.js'), ...rest];
  const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', ...program], { stdio: 'inherit', cwd: root });
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
});
