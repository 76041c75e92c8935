import { as, findAll, texts } from '../sql/ast.js';
import { statementRule, type RecordedStatement } from './rule.js';

export const enteredInSavepoint = statementRule({
  id: 'entered-in-savepoint',
  title: 'A migration works as app_owner: it enters no organization',
  why: 'Entering inside a savepoint Citus can lose it, and then answers for the wrong organization (seen on 13.2). Outside of one a migration has no use for it: the owner’s policy shows every row, and one organization’s rows are no schema.',
  mend: 'Backfill as app_owner with org_id in every condition; work per organization is a job.',
  severity: 'error',
  red: { sql: `savepoint s; select app.enter_tenant('0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', 'SYSTEM', null, null, 0, 0, 0); release s`, asSuperuser: true },
  green: { sql: 'update app.note set title = btrim(title)' },
  check: ({ statements }) =>
    statements.flatMap((statement) => {
      const entered = entersBy(statement);
      return entered === undefined ? [] : [{ statement, object: entered, says: `This calls ${entered}.` }];
    }),
});

function entersBy({ node, text }: RecordedStatement): string | undefined {
  const call = findAll(node, 'FuncCall')
    .map(({ funcname }) => texts(funcname).at(-1) ?? '')
    .find((name) => /^enter_(tenant|auth|admin)$/.test(name));
  if (call !== undefined) return call;
  return as(node, 'DoStmt') === undefined ? undefined : /\b(enter_(?:tenant|auth|admin))\s*\(/.exec(text)?.[1];
}
