import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const ownerPolicy = catalogueRule({
  id: 'owner-policy',
  title: 'Every forced table has a policy that shows app_owner all rows',
  why: 'FORCE binds the owner. Without this policy a backfill changes 0 rows and says nothing, VALIDATE CONSTRAINT passes over orphans, and a dump of the table is empty (each was seen).',
  mend: 'create policy owner_all on app.<table> for all to app_owner using (true) with check (true)',
  severity: 'error',
  red: { sql: 'drop policy owner_all on app.note' },
  green: { sql: tenantTable('memo') },
  check: ({ model }) =>
    model.tables
      .filter(({ forced, policies }) => forced && !policies.some(showsOwnerAll))
      .map(({ name }) => ({
        object: `table ${name}`,
        table: name,
        says: `No policy of "${name}" shows app_owner every row: a backfill would change nothing, without a word.`,
      })),
});

function showsOwnerAll(policy: {
  readonly permissive: boolean;
  readonly command: string;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}): boolean {
  return policy.permissive && policy.command === 'ALL' && policy.roles.includes('app_owner') && policy.using === 'true' && (policy.check ?? 'true') === 'true';
}
