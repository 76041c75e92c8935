import { changeLines } from '../present/versions.js';
import type { InventoryItem, ObjectKind } from './inventory.js';
import { versionOf } from './schema-version.js';

const item = (kind: ObjectKind, table: string | null, name: string, definition = ''): InventoryItem => ({ kind, table, name, definition });

const NOTE = [item('table', null, 'note'), item('column', 'note', 'id', 'uuid not null'), item('column', 'note', 'title', 'character varying(50)')];

/** What a migration that made `after` of `before` is said to have done, one line each. */
function told(before: readonly InventoryItem[], after: readonly InventoryItem[]): string[] {
  return changeLines(versionOf('Test1795216500000', before, after)).map(({ verb, kind, name, text }) => [verb, kind, name, text].filter(Boolean).join(' '));
}

describe('what a migration changed', () => {
  it('has the date of its timestamp, and how large the schema is afterwards', () => {
    expect(versionOf('Test1795216500000', [], NOTE)).toMatchObject({ migration: 'Test1795216500000', date: '2026-11-20', total: { tables: 1, columns: 2 } });
  });

  it('counts what comes with a new table, and names what comes to an old one', () => {
    const index = item('index', 'note', 'ix_note_title', 'btree (title)');
    expect(told([], [...NOTE, index, item('policy', 'note', 'p1'), item('policy', 'note', 'p2')])).toEqual(['added table note 2 columns, 1 index, 2 policies']);
    expect(told(NOTE, [...NOTE, index])).toEqual(['added index ix_note_title on note btree (title)']);
  });

  it('tells what a column was and is', () => {
    const wider = NOTE.map((one) => (one.name === 'title' ? { ...one, definition: 'character varying(255) not null' } : one));
    expect(told(NOTE, wider)).toEqual(['changed column note.title varchar(50) → varchar(255) not null']);
  });

  it('tells a dropped table once', () => {
    expect(told(NOTE, [])).toEqual(['dropped table note with everything on it']);
    expect(told(NOTE, NOTE.slice(0, 2))).toEqual(['dropped column note.title']);
  });

  it('tells of row security, policies, grants, triggers and functions', () => {
    const before = [...NOTE, item('row security', 'note', 'note', 'enabled and forced'), item('function', null, 'f()', 'create … old')];
    const after = [
      ...NOTE,
      item('row security', 'note', 'note', 'enabled'),
      item('policy', 'note', 'tenant_isolation', 'all to app_tenant using true'),
      item('grant', 'note', 'select of columns to app_tenant', 'id'),
      item('trigger', 'note', 'touch', 'BEFORE UPDATE'),
      item('function', null, 'f()', 'create … new'),
    ];
    expect(told(before, after)).toEqual([
      'added policy tenant_isolation on note all to app_tenant using true',
      'added grant select of columns to app_tenant on note id',
      'added trigger touch on note BEFORE UPDATE',
      'changed row security note enabled and forced → enabled',
      'changed function f() the definition',
    ]);
  });

  it('sums comments up, those of new tables aside', () => {
    const comments = [item('comment', 'note', '', 'A note.'), item('comment', 'note', 'title', 'Its title.')];
    expect(told(NOTE, [...NOTE, ...comments])).toEqual(['changed comment 1 table and 1 column']);
    expect(told([], [...NOTE, ...comments])).toEqual(['added table note 2 columns']);
  });

  it('is nothing where a migration moved data only', () => {
    expect(told(NOTE, NOTE)).toEqual([]);
  });
});
