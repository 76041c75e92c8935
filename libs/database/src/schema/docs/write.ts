import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../../embedded/errors.js';
import type { RenderedDocs } from './render.js';

/**
 * The names of files that are missing, other than rendered, or rendered no more; sorted. A name may lead out of `folder` (`../a.md`):
 * that file is kept current too, and others beside it are not looked at.
 */
export async function staleFiles(folder: string, docs: RenderedDocs): Promise<string[]> {
  const present = await filesIn(folder);
  const differing: string[] = [];
  for (const [name, text] of docs) {
    if ((await textOf(join(folder, name))) !== text) differing.push(name);
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

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
