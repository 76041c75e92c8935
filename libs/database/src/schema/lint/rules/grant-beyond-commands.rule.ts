import { catalogueRule } from './rule.js';
import { allGrants } from './support/grants.js';

const COMMANDS = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'USAGE']);

export const grantBeyondCommands = catalogueRule({
  id: 'grant-beyond-commands',
  title: 'Roles get SELECT, INSERT, UPDATE and DELETE on tables, nothing else',
  why: 'TRUNCATE goes past row security: it empties a table for every organization. REFERENCES lets a role probe foreign rows by keys, TRIGGER lets it run code in the name of who writes, MAINTAIN lets it take strong locks.',
  mend: 'Name the commands, by column for UPDATE; npm run migration:generate writes them.',
  severity: 'error',
  red: { sql: 'grant truncate, references, trigger on app.note to app_tenant' },
  green: { sql: 'grant select, insert, delete on app.note to app_queue' },
  check: (schema) =>
    allGrants(schema)
      .filter(({ object, grant }) => object.startsWith('table ') && !COMMANDS.has(grant.privilege))
      .map(({ object, table, grant }) => ({ object, ...(table === undefined ? {} : { table }), says: `"${grant.role}" has ${grant.privilege} on ${object}.` })),
});
