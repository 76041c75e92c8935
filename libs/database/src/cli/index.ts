export { type CliCommand, type CliIo } from './command.js';
export { COMMANDS } from './commands.js';
export { runCli } from './run-cli.js';
