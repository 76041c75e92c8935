import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const objectInPublic = catalogueRule({
  id: 'object-in-public',
  title: 'Nothing of ours lives in the schema public',
  why: 'Roles have rights in app only, backups and the drift check read app only, and grants on public do not reach the workers of a sharded database (Citus 13.2).',
  mend: 'Write app. in front of the name.',
  severity: 'error',
  red: { sql: 'create table public.memo (id uuid primary key)', asSuperuser: true },
  green: { sql: tenantTable('memo') },
  check: ({ model }) => model.outside.map((object) => ({ object, says: `The ${object} is not in the schema app.` })),
});
