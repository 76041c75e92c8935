import { catalogueRule } from './rule.js';

export const indexLedByOrg = catalogueRule({
  id: 'index-led-by-org',
  title: 'org_id leads every index of a class T table',
  why: 'Every statement carries org_id = $n. An index that does not begin with it is walked through the rows of all organizations, and the more of them there are, the slower each becomes.',
  mend: 'create index … on app.<table> (org_id, …)',
  severity: 'error',
  red: { sql: 'create index concurrently ix_note_title on app.note (title)' },
  green: { sql: 'create index concurrently ix_note_title on app.note (org_id, title)' },
  check: ({ tenantTables }) =>
    tenantTables.flatMap(({ name: table, indexes }) =>
      indexes
        .filter(({ unique, columns }) => !unique && columns[0] !== 'org_id')
        .map(({ name, columns }) => ({
          object: `index ${name} on ${table}`,
          table,
          says: `The index "${name}" of "${table}" is led by ${columns[0] ?? 'an expression'}, not by org_id.`,
        })),
    ),
});
