import { catalogueRule } from './rule.js';

const FUNCTION = 'create function app.double(p_number integer) returns integer language sql immutable return p_number * 2';

export const functionOpenToPublic = catalogueRule({
  id: 'function-open-to-public',
  title: 'Every function is closed to PUBLIC and opened to exactly the roles that call it',
  why: 'PostgreSQL opens each new function to everybody. Whoever injects a statement calls what he likes; that nobody thought of it as an entrance is why it becomes one.',
  mend: 'revoke all on function app.<f>(…) from public, then grant execute to its callers',
  severity: 'error',
  red: { sql: `${FUNCTION};\ngrant execute on function app.double(integer) to public` },
  green: { sql: `${FUNCTION};\nrevoke all on function app.double(integer) from public;\ngrant execute on function app.double(integer) to app_tenant` },
  check: ({ model }) =>
    model.functions
      .filter(({ publicMayExecute }) => publicMayExecute)
      .map(({ signature }) => ({ object: `function ${signature}`, says: `Everybody may execute "${signature}".` })),
});
