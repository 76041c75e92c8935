import 'reflect-metadata';
import { runCli } from '#database/cli';
import { credentialsRotate } from './credentials.command.js';

process.exitCode = await runCli(process.argv.slice(2), [credentialsRotate], {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
});
