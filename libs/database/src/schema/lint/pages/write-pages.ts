import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGES_FOLDER, renderPages } from './render-pages.js';

/** Writes the pages of the rules below `root` and removes those of rules that are gone. Answers the names of the files that changed. */
export async function writePages(root: string): Promise<string[]> {
  const folder = join(root, PAGES_FOLDER);
  await mkdir(folder, { recursive: true });
  const stale = await stalePages(root);
  const pages = renderPages();
  for (const name of stale) {
    const text = pages.get(name);
    if (text === undefined) await rm(join(folder, name));
    else await writeFile(join(folder, name), text);
  }
  return stale;
}

/** The pages that are not what the rules say: changed, missing, or of no rule. */
export async function stalePages(root: string): Promise<string[]> {
  const folder = join(root, PAGES_FOLDER);
  const pages = renderPages();
  const there = await readdir(folder);
  const names = new Set([...there, ...pages.keys()]);
  const checked = await Promise.all(
    [...names].map(async (name) => (there.includes(name) && (await readFile(join(folder, name), 'utf8')) === pages.get(name) ? [] : [name])),
  );
  return checked.flat().sort();
}
