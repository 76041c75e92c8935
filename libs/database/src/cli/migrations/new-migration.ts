import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../embedded/home.js';
import { MigrationListUnreadableError, MigrationNameError } from '../errors.js';

const FOLDER = 'libs/database/src/migrations';
const OLDEST_FIRST = '  // Oldest first.\n';
const NO_DATABASE = '  // One line for each database.\n';

/** A migration that was made. Paths are relative to the checkout. */
export interface NewMigration {
  readonly path: string;
  readonly className: string;
  /** Every file that was made or changed, the migration first. */
  readonly written: readonly string[];
}

/** Of whose migrations it shall be, and what it holds. */
export interface NewMigrationOptions {
  /** `add-note`; letters, digits and dashes, also written AddNote or "add note". */
  readonly name: string;
  /** A further database, or undefined for ours. */
  readonly database?: string;
  /** The text of the file for a class name; an empty, documented one by default. */
  readonly text?: (className: string) => string;
  readonly now?: number;
  /** The checkout. */
  readonly root?: string;
}

/**
 * Writes a new migration file with a timestamp behind every other, and lists it: a migration that is not listed does not exist.
 * @throws MigrationNameError, MigrationListUnreadableError; nothing is written then
 */
export async function createMigration({
  name,
  database,
  text = emptyMigration,
  now = Date.now(),
  root = repositoryRoot(),
}: NewMigrationOptions): Promise<NewMigration> {
  const words = wordsOf(name);
  const folder = database === undefined ? FOLDER : `${FOLDER}/${folderOf(database)}`;
  const list = `${folder}/index.ts`;
  const listed = existsSync(join(root, list)) ? await readFile(join(root, list), 'utf8') : database === undefined ? undefined : emptyList(database);
  if (listed === undefined || !listed.includes('] as const;')) throw new MigrationListUnreadableError(list);
  const timestamp = Math.max(now, ...[...listed.matchAll(/(\d{13})-/g)].map(([, digits]) => Number(digits) + 1_000));
  const className = `${words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')}${timestamp}`;
  const file = `${timestamp}-${words.join('-')}`;
  const registered = database === undefined ? undefined : await registeredFurther(root, folderOf(database));
  await mkdir(join(root, folder), { recursive: true });
  const written: string[] = [];
  const put = async (path: string, content: string): Promise<void> => {
    await writeFile(join(root, path), content);
    written.push(path);
  };
  await put(`${folder}/${file}.ts`, text(className));
  await put(list, withMigration(listed, className, file));
  if (registered !== undefined) await put(registered.path, registered.content);
  return { path: `${folder}/${file}.ts`, className, written };
}

function wordsOf(name: string): string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_\s]+/)
    .filter((word) => word !== '');
  if (words.length === 0 || !/^[a-z]/.test(words[0] ?? '') || words.some((word) => !/^[a-z0-9]+$/.test(word))) throw new MigrationNameError(name);
  return words;
}

function folderOf(database: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(database) || ['initial', 'runner', 'steps', 'testing', 'plinth'].includes(database)) throw new MigrationNameError(database);
  return database;
}

function emptyList(database: string): string {
  return `/** Every migration of the database "${database}". Listed by hand: a compiled file whose source is gone must not run. */\nexport const migrations = [\n${OLDEST_FIRST}] as const;\n`;
}

/** The import behind the last one, the class at the end of the list. */
function withMigration(list: string, className: string, file: string): string {
  const line = `import { ${className} } from './${file}.js';\n`;
  const imports = [...list.matchAll(/^import .*\n/gm)].at(-1);
  const end = imports === undefined ? 0 : imports.index + imports[0].length;
  const gap = imports === undefined ? '\n' : '';
  return `${list.slice(0, end)}${line}${gap}${list.slice(end)}`.replace('] as const;', `  ${className},\n] as const;`);
}

/** The line of a further database in further-databases.ts, or undefined where it stands there. */
async function registeredFurther(root: string, database: string): Promise<{ path: string; content: string } | undefined> {
  const path = `${FOLDER}/further-databases.ts`;
  const content = await readFile(join(root, path), 'utf8');
  if (content.includes(`from './${database}/index.js'`)) return undefined;
  if (!content.includes(NO_DATABASE)) throw new MigrationListUnreadableError(path);
  const variable = `${database.replaceAll(/-(.)/g, (_match, letter: string) => letter.toUpperCase())}Migrations`;
  const key = /-/.test(database) ? `'${database}'` : database;
  const imported = `import { migrations as ${variable} } from './${database}/index.js';\n`;
  const withImport = content.replace(/^import .*from '\.\/target\.js';\n/m, (line) => `${imported}${line}`);
  return { path, content: withImport.replace(NO_DATABASE, `${NO_DATABASE}  ${key}: ${variable},\n`) };
}

function emptyMigration(className: string): string {
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What this migration is for, in a sentence. Frozen SQL: it imports no entity, and is never changed once it has run anywhere.
 * It is one transaction. \`readonly transaction = false\` makes each statement stand alone (CREATE INDEX CONCURRENTLY, batches);
 * what a killed process leaves half done, the next run finishes. Rows are changed by steps/change-rows.ts.
 */
export class ${className} implements MigrationInterface {
  readonly name = '${className}';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }

  /** Exactly what undoes \`up\`. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }
}
`;
}
