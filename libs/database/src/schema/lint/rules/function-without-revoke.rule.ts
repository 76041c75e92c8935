import { as, allOf, qualified, texts } from '../sql/ast.js';
import { statementRule, type RecordedStatement } from './rule.js';

const FUNCTION = 'create function app.double(p_number integer) returns integer language sql immutable return p_number * 2';

export const functionWithoutRevoke = statementRule({
  id: 'function-without-revoke',
  title: 'A migration that makes a function closes it to PUBLIC itself',
  why: 'Where db:roles ran as a superuser, new functions are closed by default, and a migration that forgets it passes every test. On managed PostgreSQL, where that default could not be set, the same function is open to everybody.',
  mend: 'revoke all on function app.<f>(…) from public, right after its CREATE',
  severity: 'error',
  red: { sql: FUNCTION },
  green: { sql: `${FUNCTION};\nrevoke all on function app.double(integer) from public` },
  check: ({ statements, before }) => {
    const closed = new Set(statements.flatMap(closedBy));
    const old = new Set(before.model.functions.map(({ name }) => name));
    return statements.flatMap((statement) => {
      const name = qualified(texts(as(statement.node, 'CreateFunctionStmt')?.funcname));
      if (name === '' || old.has(name) || closed.has(name)) return [];
      return [{ statement, object: `function ${name}`, says: `"${name}" is made here and never closed to PUBLIC.` }];
    });
  },
});

function closedBy({ node }: RecordedStatement): string[] {
  const revoke = as(node, 'GrantStmt');
  const fromPublic = allOf(revoke?.grantees, 'RoleSpec').some(({ roletype }) => roletype === 'ROLESPEC_PUBLIC');
  if (revoke === undefined || revoke.is_grant === true || !fromPublic) return [];
  return allOf(revoke.objects, 'ObjectWithArgs').map(({ objname }) => qualified(texts(objname)));
}
