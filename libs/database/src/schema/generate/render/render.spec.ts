import { parseFill } from '../declared/fill.js';
import { parseColumnRename, parseTableRename } from '../declared/rename.js';
import { migrationName, nextTimestamp } from '../names.js';
import { formatSql } from './format-sql.js';
import { renderMigration } from './migration-source.js';

const QUIET = { table: null, lock: 'NONE', rewrite: false, loses: null, alsoLocks: null, fills: null, remark: null } as const;

describe('the text of a migration', () => {
  it('has a line for each column, wherever a default or a check holds commas and brackets of its own', () => {
    const sql = `CREATE TABLE "app"."note" ("a" text DEFAULT 'x, (''y'')'::text, "b(, " numeric(10,2), CONSTRAINT c CHECK (a = ANY (ARRAY['1'::text, '2'::text])))`;
    expect(formatSql(sql, '').split('\n')).toEqual([
      'CREATE TABLE "app"."note" (',
      `  "a" text DEFAULT 'x, (''y'')'::text,`,
      '  "b(, " numeric(10,2),',
      `  CONSTRAINT c CHECK (a = ANY (ARRAY['1'::text, '2'::text]))`,
      ')',
    ]);
  });

  it('changes nothing of another statement, whatever stands in its texts', () => {
    const sql = "COMMENT ON TABLE app.note IS 'CREATE TABLE x (a,\n b) `${c}` \\ */'";
    expect(formatSql(sql, '  ')).toBe(sql);
    const source = renderMigration({ name: 'a', className: 'A1795300000000', part: 1, parts: 1, transactional: true, up: [{ ...QUIET, sql }], down: [] });
    expect(source).toContain("IS 'CREATE TABLE x (a,\n b) \\`\\${c}\\` \\\\ */'`");
    expect(source).toContain('const DOWN: readonly string[] = [];');
  });

  it('says what is locked, written and lost beside what is not, and never ends its own comment', () => {
    const step = { ...QUIET, sql: "ALTER TABLE app.note ADD COLUMN a text DEFAULT '*/'", table: 'note', lock: 'ACCESS EXCLUSIVE', rewrite: true } as const;
    const lost = { ...QUIET, sql: 'DROP TABLE app.note', loses: 'every row of app.note' };
    const source = renderMigration({
      name: 'a',
      className: 'A1795300000000',
      part: 2,
      parts: 3,
      transactional: false,
      up: [{ ...QUIET, sql: 'select 1' }, { ...QUIET, sql: 'select 2' }, step],
      down: [lost],
    });
    expect(source.slice(0, source.indexOf('*/'))).toContain(
      [
        ' * up, each statement its own transaction:',
        ' *   1-2: no lock on a table in use, nothing rewritten, nothing lost',
        " *   3: ALTER TABLE app.note ADD COLUMN a text DEFAULT '* /'",
        ' *      locks note: ACCESS EXCLUSIVE; WRITES EVERY ROW',
        ' *',
        ' * down, each statement its own transaction:',
        ' *   1: DROP TABLE app.note',
        ' *      LOSES every row of app.note',
      ].join('\n'),
    );
    expect(source).toContain('  // Loses every row of app.note.\n  `DROP TABLE app.note`,');
    expect(source).toContain('part 2 of 3');
  });
});

describe('the names and options', () => {
  it('make file and class of one time, a second after the newest at the earliest', () => {
    expect(migrationName('add-note', 1795300000000)).toEqual({
      file: '1795300000000-add-note.ts',
      className: 'AddNote1795300000000',
      timestamp: 1795300000000,
    });
    expect(nextTimestamp(['A1999999999999'])).toBe(2000000000999);
    expect(() => nextTimestamp(['A1795300000000'], 1795300000001)).toThrow('it has to be 1795300001000 or later');
  });

  it('are read as they are written on a command line', () => {
    expect(parseColumnRename('run.old=run.new')).toEqual({ kind: 'column', table: 'run', from: 'old', to: 'new' });
    expect(parseColumnRename('run.old=new')).toEqual({ kind: 'column', table: 'run', from: 'old', to: 'new' });
    expect(parseTableRename('a=b')).toEqual({ kind: 'table', from: 'a', to: 'b' });
    expect(parseFill("note.kind='a=b'")).toEqual({ table: 'note', column: 'kind', value: "'a=b'" });
    for (const parse of [parseColumnRename, parseTableRename, parseFill]) expect(() => parse('nonsense')).toThrow('cannot be used');
  });
});
