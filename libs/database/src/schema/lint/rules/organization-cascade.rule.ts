import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const organizationCascade = catalogueRule({
  id: 'organization-cascade',
  title: 'Every class T table references its organization, and goes with it',
  why: 'Erasing an organization deletes one row; everything else follows by these keys. A table without one keeps the rows of an organization that is gone.',
  mend: 'constraint fk_<table>_org_id foreign key (org_id) references app.organization (id) on delete cascade',
  severity: 'error',
  red: { sql: 'alter table app.note drop constraint fk_note_org_id' },
  green: { sql: tenantTable('memo') },
  check: ({ tenantTables }) =>
    tenantTables
      .filter(({ foreignKeys }) => !foreignKeys.some((key) => key.target === 'organization' && key.columns.join() === 'org_id' && key.onDelete === 'CASCADE'))
      .map(({ name }) => ({ object: `table ${name}`, table: name, says: `"${name}" has no key from org_id to organization with ON DELETE CASCADE.` })),
});
