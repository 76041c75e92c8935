import 'reflect-metadata';
import { COMMANDS } from './commands.js';
import { runCli } from './run-cli.js';

process.exitCode = await runCli(process.argv.slice(2), COMMANDS, {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  colour: process.stdout.isTTY && !process.env['NO_COLOR'],
});
