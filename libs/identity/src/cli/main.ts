import 'reflect-metadata';
import { runCli } from '#database/cli';
import { userAdmin } from './user-admin.command.js';
import { userCreate } from './user-create.command.js';

process.exitCode = await runCli(process.argv.slice(2), [userCreate(), userAdmin], {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
});
