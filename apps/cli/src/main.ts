import { runPlinth } from './program.js';

process.exitCode = await runPlinth(process.argv.slice(2), { input: process.stdin, output: process.stdout, error: process.stderr, env: process.env });
