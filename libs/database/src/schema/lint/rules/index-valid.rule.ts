import { catalogueRule } from './rule.js';

export const indexValid = catalogueRule({
  id: 'index-valid',
  title: 'No INVALID index is left behind',
  why: 'A CREATE INDEX CONCURRENTLY that fails leaves its index INVALID: every write pays for it and no query uses it. An INVALID unique index guarantees nothing.',
  mend: 'drop index concurrently app.<index>, and build it again (npm run schema:fix does both).',
  severity: 'error',
  red: {
    sql: `create index concurrently ix_note_title on app.note (org_id, title);
update pg_catalog.pg_index set indisvalid = false where indexrelid = 'app.ix_note_title'::regclass`,
    asSuperuser: true,
  },
  green: { sql: 'create index concurrently ix_note_title on app.note (org_id, title)' },
  check: ({ model }) =>
    model.tables.flatMap(({ name: table, indexes }) =>
      indexes
        .filter(({ valid }) => !valid)
        .map(({ name }) => ({ object: `index ${name} on ${table}`, table, says: `The index "${name}" of "${table}" is INVALID.` })),
    ),
});
