import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../../embedded/errors.js';
import type { RenderedDocs } from './render.js';

/** The names of files in `folder` that are missing, other than rendered, or rendered no more; sorted. */
export async function staleFiles(folder: string, docs: RenderedDocs): Promise<string[]> {
  const present = await filesIn(folder);
  const differing: string[] = [];
  for (const [name, text] of docs) {
    if (!present.includes(name) || (await readFile(join(folder, name), 'utf8')) !== text) differing.push(name);
  }
  return [...differing, ...present.filter((name) => !docs.has(name))].sort();
}

/** Writes what is not current, and removes what is rendered no more. Answers the names of both. */
export async function writeDocs(folder: string, docs: RenderedDocs): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const stale = await staleFiles(folder, docs);
  for (const name of stale) {
    const text = docs.get(name);
    if (text === undefined) await rm(join(folder, name));
    else await writeFile(join(folder, name), text);
  }
  return stale;
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
