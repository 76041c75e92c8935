import type { SchemaDocument } from '../schema-document.js';
import { CLASSES, ROLES } from '../present/access.js';
import { CHANGES_FILE, FUNCTIONS_FILE, HTML_FILE } from '../file-names.js';
import { code, page, table } from './text.js';

/** The front page: version, how to read the others, and where to find each table. */
export function indexPage({ areas, versions }: SchemaDocument): string {
  const [newest] = versions;
  const version = newest === undefined ? 'No migration yet.' : `Version ${code(newest.migration)} of ${newest.date}`;
  return page([
    '# The schema',
    '',
    `${version}: ${newest?.total.tables ?? 0} tables with ${newest?.total.columns ?? 0} columns. [What each version changed](${CHANGES_FILE}) ·`,
    `[the functions](${FUNCTIONS_FILE}) · all of it on one page, with search and drawn diagrams: \`/docs/schema\` of a running API,`,
    `or [${HTML_FILE}](${HTML_FILE}) in a browser.`,
    '',
    'The comments stand in the database too (`\\d+ app.user` in psql shows them). Names and types are the catalogue’s, as the migrations',
    'make it, and the same on PostgreSQL 15 to 18. TypeORM’s journal, `app.migration`, is left out.',
    '',
    '## Areas',
    '',
    ...areas.flatMap((area) => [
      `### [${area.title}](${area.folder}.md)`,
      '',
      area.about,
      '',
      ...table(
        ['table', 'class', 'what it holds'],
        area.tables.map(({ name, tenancyClass, comment }) => [`[${code(name)}](${area.folder}.md#${name})`, tenancyClass, comment]),
      ),
    ]),
    '## Classes of tenancy',
    '',
    ...table(
      ['class', 'name', 'whose rows'],
      Object.entries(CLASSES).map(([letter, { title, meaning }]) => [`**${letter}**`, title, meaning]),
    ),
    '## Roles',
    '',
    ...table(
      ['role', 'what runs as it'],
      Object.entries(ROLES).map(([role, meaning]) => [code(role), meaning]),
    ),
    'A grant of update names columns: never org_id, a key, created_at, updated_at or version, which nobody changes by hand.',
  ]);
}
