import type { PolicyModel } from '../model/schema-model.js';
import { allOf, as, qualified, tableName, texts } from '../sql/ast.js';
import { statementRule, type RecordedFacts, type RecordedStatement } from './rule.js';

export const policyDropped = statementRule({
  id: 'policy-dropped',
  title: 'A policy that is dropped has its successor in the same migration',
  why: 'Without one the roles of the dropped policy see no rows at all from then on, and nothing fails: answers are empty. A restrictive policy that goes lets rows through.',
  mend: 'drop policy … ; create policy … for the same roles right after it, or ALTER POLICY.',
  severity: 'error',
  red: { sql: 'drop policy tenant_isolation on app.note' },
  green: {
    sql: `drop policy tenant_isolation on app.note;
create policy own_notes on app.note for all to app_tenant using (org_id = app.current_org_id()) with check (org_id = app.current_org_id())`,
  },
  check: (facts) =>
    facts.statements.flatMap((statement) =>
      droppedPolicies(statement)
        .filter(({ table, name }) => !isDropped(facts, table) && !hasSuccessor(facts, statement, table, policyBefore(facts, table, name)))
        .map(({ table, name }) => ({
          statement,
          object: `policy ${name} on ${table}`,
          says: `"${name}" of "${table}" is dropped, and no policy for the same roles follows.`,
        })),
    ),
});

function droppedPolicies(statement: RecordedStatement): { table: string; name: string }[] {
  const drop = as(statement.node, 'DropStmt');
  if (drop?.removeType !== 'OBJECT_POLICY') return [];
  return allOf(drop.objects, 'List').map((list) => {
    const path = texts(list.items);
    return { table: qualified(path.slice(0, -1)), name: path.at(-1) ?? '' };
  });
}

function policyBefore({ before }: RecordedFacts, table: string, name: string): PolicyModel | undefined {
  return before.model.tables.find((candidate) => candidate.name === table)?.policies.find((policy) => policy.name === name);
}

function isDropped({ after }: RecordedFacts, table: string): boolean {
  return !after.model.tables.some(({ name }) => name === table);
}

/** A later policy of the table for each of the roles and at least that command. One that was made by this migration itself needs none. */
function hasSuccessor(facts: RecordedFacts, dropped: RecordedStatement, table: string, old: PolicyModel | undefined): boolean {
  if (old === undefined) return true;
  const later = facts.statements
    .slice(dropped.index + 1)
    .flatMap((statement) => as(statement.node, 'CreatePolicyStmt') ?? [])
    .filter((policy) => tableName(policy.table) === table)
    .filter(
      (policy) => policy.cmd_name === 'all' || policy.cmd_name?.toUpperCase() === old.command || (old.command === 'ALL' && policy.cmd_name !== undefined),
    );
  const roles = later.flatMap((policy) => allOf(policy.roles, 'RoleSpec').map((role) => role.rolename ?? 'public'));
  return old.roles.every((role) => roles.includes(role));
}
