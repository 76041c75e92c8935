import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../embedded/home.js';
import { CHANGES_FILE, FUNCTIONS_FILE, HTML_FILE } from './file-names.js';
import { htmlPage, type PageAssets } from './html/page.js';
import { areaPage } from './markdown/area-page.js';
import { changesPage } from './markdown/changes-page.js';
import { functionsPage } from './markdown/functions-page.js';
import { indexPage } from './markdown/index-page.js';
import type { SchemaDocument } from './schema-document.js';

/** Every file of docs/schema by its name, with its text. */
export type RenderedDocs = ReadonlyMap<string, string>;

/** Renders all pages. The same document gives the same texts. */
export async function renderDocs(schema: SchemaDocument): Promise<RenderedDocs> {
  const areaOf = (table: string): string => schema.areas.find(({ tables }) => tables.some(({ name }) => name === table))?.folder ?? 'README';
  return new Map([
    ['README.md', indexPage(schema)],
    ...schema.areas.map((area): [string, string] => [`${area.folder}.md`, areaPage(area, areaOf)]),
    [FUNCTIONS_FILE, functionsPage(schema.functions)],
    [CHANGES_FILE, changesPage(schema.versions)],
    [HTML_FILE, htmlPage(schema, await pageAssets())],
  ]);
}

/** From the sources: documentation is only ever written in a checkout. */
async function pageAssets(): Promise<PageAssets> {
  const folder = join(repositoryRoot(), 'libs', 'database', 'src', 'schema', 'docs', 'html');
  return { style: await readFile(join(folder, 'page.css'), 'utf8'), script: await readFile(join(folder, 'page.client.mjs'), 'utf8') };
}
