import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import { withAdmin } from '../testing/admin.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { snakeCase } from './declare/names.js';
import { entities } from './index.js';

type Comments = Record<string, string | null>;

const HERE = import.meta.dirname;

/** `table` and `table.column` with what the entities say of them. */
function declaredComments(): Comments {
  const { tables, columns } = getMetadataArgsStorage();
  const ours = new Set<unknown>(entities);
  const nameOf = new Map(tables.filter(({ target }) => ours.has(target)).map(({ target, name }) => [target, String(name)]));
  const ofTables = tables.flatMap(({ target, comment }) => (ours.has(target) ? [[nameOf.get(target), comment ?? null] as const] : []));
  const ofColumns = columns.flatMap(({ target, propertyName, options }) =>
    ours.has(target) ? [[`${nameOf.get(target)}.${options.name ?? snakeCase(propertyName)}`, options.comment ?? null] as const] : [],
  );
  return Object.fromEntries([...ofTables, ...ofColumns]) as Comments;
}

/** The same of the catalogue, without TypeORM's journal. */
async function storedComments(adminUrl: string): Promise<Comments> {
  return withAdmin(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ name: string; comment: string | null }>(
      `select concat_ws('.', c.relname, a.attname) as name, col_description(c.oid, a.attnum) as comment
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migration'
       union all
       select relname, obj_description(oid, 'pg_class') from pg_class
        where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') and relname <> 'migration'`,
    );
    return Object.fromEntries(rows.map(({ name, comment }) => [name, comment]));
  });
}

/** The text of each entity file's class comment, on one line, by the table's name. */
function classComments(): { table: string; comment: string; classComment: string }[] {
  const files = readdirSync(HERE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.entity.ts'));
  const { tables } = getMetadataArgsStorage();
  return files.map((file) => {
    const source = readFileSync(join(HERE, file), 'utf8');
    const [, text = '', name = ''] = /\/\*\*((?:(?!\*\/).)*)\*\/\n@Entity\(\{[^}]*?name: '(\w+)'/s.exec(source) ?? [];
    const comment = tables.find((table) => table.name === name)?.comment ?? '';
    return { table: name, comment, classComment: text.replace(/\s*\n \* ?/g, ' ').trim() };
  });
}

describe('the comments of tables and columns', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  it('stand in the database exactly as the entities say them', async () => {
    const stored = await storedComments(database.urls.admin);
    expect(stored).toEqual(declaredComments());
    expect(Object.keys(stored).length).toBeGreaterThan(500);
  });

  it('are on every table and column, and end as sentences do', () => {
    expect(Object.entries(declaredComments()).filter(([, comment]) => !/^\S.*\S\.$/s.test(comment ?? ''))).toEqual([]);
  });

  it('say more than the name of the column does', () => {
    const words = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];
    const empty = Object.entries(declaredComments()).filter(([name, comment]) => {
      const known = new Set(['the', 'a', 'an', 'of', ...words(name)]);
      return words(comment ?? '').every((word) => known.has(word));
    });
    expect(empty).toEqual([]);
  });

  it('of a table are how the comment of its class begins', () => {
    const read = classComments();
    expect(read).toHaveLength(entities.length);
    expect(read.filter(({ comment, classComment }) => comment === '' || !classComment.startsWith(comment))).toEqual([]);
  });
});
