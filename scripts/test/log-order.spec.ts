import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const logging = pathToFileURL(join(process.cwd(), 'dist', 'libs', 'database', 'src', 'logging.js')).href;

it('lines of several loggers stand in the order of what happened, and the last one is there when the process ends', async () => {
  const program = `
    const { createLogger } = await import(${JSON.stringify(logging)});
    const loggers = [createLogger('one'), createLogger('two')];
    for (let line = 0; line < 200; line++) loggers[line % 2].info({ line }, 'said');
    process.exit(0);`;
  const env = { ...process.env, LOG_LEVEL: 'info' };
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { env });
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly line: number }).line);
  expect(lines).toEqual(Array.from({ length: 200 }, (_, line) => line));
});
