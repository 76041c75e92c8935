import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A failure whose message is all that a person needs to read: no stack is shown. */
export class Stop extends Error {}

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
export const dim = (text) => paint('2', text);
export const bold = (text) => paint('1', text);
export const green = (text) => paint('32', text);
export const yellow = (text) => paint('33', text);
export const red = (text) => paint('31', text);
export const cyan = (text) => paint('36', text);

/** Tells the person at the terminal what is going on; on stderr, so that a command's own output stays clean. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a script's main function; a Stop ends it with its sentence and exit code 1, anything else with its stack. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    say(red(error instanceof Stop ? error.message : error.stack || String(error)));
    process.exitCode = 1;
  }
}

/** Milliseconds as people say them: 840 ms, 3.2 s. */
export function duration(milliseconds) {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
