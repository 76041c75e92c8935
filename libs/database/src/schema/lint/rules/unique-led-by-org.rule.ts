import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const uniqueLedByOrg = catalogueRule({
  id: 'unique-led-by-org',
  title: 'org_id leads every UNIQUE of a class T table, partial ones too',
  why: 'A unique key without the organization tells one tenant what another has: the duplicate-key error is an oracle that row security does not close. It also keeps two organizations from using the same name, and Citus refuses it.',
  mend: 'unique (org_id, …)',
  severity: 'error',
  red: { sql: 'alter table app.note add constraint uq_note_title unique (title)' },
  green: { sql: `${tenantTable('memo')};\nalter table app.memo add constraint uq_memo_title unique (org_id, title)` },
  check: ({ tenantTables }) =>
    tenantTables.flatMap(({ name: table, indexes }) =>
      indexes
        .filter(({ unique, primary, columns }) => unique && !primary && columns[0] !== 'org_id')
        .map(({ name, columns }) => ({
          object: `index ${name} on ${table}`,
          table,
          says: `The unique key "${name}" of "${table}" is led by ${columns[0] ?? 'an expression'}, not by org_id.`,
        })),
    ),
});
