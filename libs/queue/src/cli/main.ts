import 'reflect-metadata';
import { runCli } from '#database/cli';
import { queueDead, queueRetry } from './dead-jobs.command.js';

process.exitCode = await runCli(process.argv.slice(2), [queueDead, queueRetry], {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
});
