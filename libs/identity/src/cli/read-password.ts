import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { PasswordMissingError } from './errors.js';

/**
 * Asks for a password at the terminal, showing nothing of what is typed; without a terminal it is the first line of stdin. Never an
 * argument: other users of the machine see those.
 * @throws PasswordMissingError
 */
export async function readPassword(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean } = process.stdin,
  prompt: Writable = process.stderr,
): Promise<string> {
  const isTerminal = input.isTTY === true;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: nowhere, terminal: isTerminal });
  if (isTerminal) prompt.write('Password: ');
  try {
    const line = await new Promise<string | undefined>((resolve) => {
      reader.once('line', resolve);
      reader.once('close', () => resolve(undefined));
    });
    if (line === undefined || line === '') throw new PasswordMissingError();
    return line;
  } finally {
    if (isTerminal) prompt.write('\n');
    reader.close();
  }
}
