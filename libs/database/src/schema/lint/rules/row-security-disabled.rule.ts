import { tenantTable } from './examples.js';
import { statementRule } from './rule.js';
import { alterations } from './support/alterations.js';

export const rowSecurityDisabled = statementRule({
  id: 'row-security-disabled',
  title: 'Row security is never disabled nor un-forced, not even for a moment',
  why: 'A migration that disables it “for the backfill” and enables it again leaves a table open where it fails in between outside a transaction, and the next one copies it. The owner’s policy shows all rows: there is nothing to disable it for.',
  mend: 'Backfill as app_owner; its policy owner_all shows every row.',
  severity: 'error',
  red: { sql: 'alter table app.note disable row level security;\nupdate app.note set title = btrim(title);\nalter table app.note enable row level security' },
  green: { given: tenantTable('note'), sql: 'update app.note set title = btrim(title)' },
  check: (facts) =>
    alterations(facts)
      .filter(({ command }) => command.subtype === 'AT_DisableRowSecurity' || command.subtype === 'AT_NoForceRowSecurity')
      .map(({ statement, table, command }) => ({
        statement,
        object: `table ${table}`,
        says: `This ${command.subtype === 'AT_DisableRowSecurity' ? 'disables' : 'un-forces'} row security of "${table}".`,
      })),
});
