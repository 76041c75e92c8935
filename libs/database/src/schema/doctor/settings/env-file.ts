import { readFile } from 'node:fs/promises';
import { parse } from 'dotenv';
import { isMissing } from '../../files.js';

/** A file of settings: the values as dotenv reads them, and the line of each. */
export interface EnvFile {
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
  readonly lines: ReadonlyMap<string, number>;
}

/** Reads it; without a file there is nothing in it. @throws what the file system says otherwise */
export async function readEnvFileLines(path: string): Promise<EnvFile> {
  const text = await textOf(path);
  const values = parse(text);
  const lines = new Map<string, number>();
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const name = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]/.exec(line)?.[1];
    // Of a name that is set twice the last line counts.
    if (name !== undefined && name in values) lines.set(name, index + 1);
  }
  return { path, values, lines };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}
