import type { PolicyModel, TableModel } from '../../model/schema-model.js';
import { as, findAll, qualified, texts, type Node } from '../../sql/ast.js';
import { parseExpression } from '../../sql/statements.js';
import type { ObjectFinding, Schema } from '../rule.js';

/** A policy with its expressions, parsed. */
export interface ParsedPolicy {
  readonly table: TableModel;
  readonly policy: PolicyModel;
  /** USING and WITH CHECK, those that there are. */
  readonly expressions: readonly Node[];
}

/** Several rules ask about the same schema. */
const parsed = new WeakMap<Schema, Promise<ParsedPolicy[]>>();

/** Every policy of the schema, with its expressions. */
export function parsedPolicies(schema: Schema): Promise<ParsedPolicy[]> {
  const known = parsed.get(schema) ?? parsePolicies(schema);
  parsed.set(schema, known);
  return known;
}

async function parsePolicies({ model }: Schema): Promise<ParsedPolicy[]> {
  const policies = model.tables.flatMap((table) => table.policies.map((policy) => ({ table, policy })));
  return Promise.all(
    policies.map(async ({ table, policy }) => {
      const written = [policy.using, policy.check].filter((expression) => expression !== null);
      return { table, policy, expressions: await Promise.all(written.map(parseExpression)) };
    }),
  );
}

/** The names of the functions that an expression calls, without the schema `app`; `current_setting` for PostgreSQL's own. */
export function calledFunctions(expression: Node): string[] {
  return findAll(expression, 'FuncCall').map((call) => qualified(texts(call.funcname).filter((name) => name !== 'pg_catalog')));
}

/** The findings for those policies about which `problem` has a sentence. */
export async function policyFindings(schema: Schema, problem: (parsed: ParsedPolicy) => string | undefined): Promise<ObjectFinding[]> {
  const policies = await parsedPolicies(schema);
  return policies.flatMap((parsed) => {
    const says = problem(parsed);
    return says === undefined ? [] : [{ object: `policy ${parsed.policy.name} on ${parsed.table.name}`, table: parsed.table.name, says }];
  });
}

/** Whether a policy speaks for the tenant role, by name or through everybody. */
export function isForTenants({ roles }: PolicyModel): boolean {
  return roles.includes('app_tenant') || roles.includes('public');
}

/** The expression below `select (…)`. */
export function expressionOf(node: Node): Node | undefined {
  return as(as(node, 'SelectStmt')?.targetList?.[0], 'ResTarget')?.val;
}

/** Whether an expression is true for every row, as far as its shape shows: true, `or true`, `1 = 1`, `a = a`, `key is not null`. */
export function isAlwaysTrue(node: Node | undefined, required: readonly string[]): boolean {
  if (as(node, 'A_Const')?.boolval?.boolval === true) return true;
  const boolean = as(node, 'BoolExpr');
  if (boolean?.boolop === 'OR_EXPR') return (boolean.args ?? []).some((part) => isAlwaysTrue(part, required));
  if (boolean?.boolop === 'AND_EXPR') return (boolean.args ?? []).every((part) => isAlwaysTrue(part, required));
  const comparison = as(node, 'A_Expr');
  if (comparison !== undefined && texts(comparison.name).join() === '=') return sameText(comparison.lexpr, comparison.rexpr);
  const test = as(node, 'NullTest');
  if (test?.nulltesttype !== 'IS_NOT_NULL') return false;
  return required.includes(texts(as(test.arg, 'ColumnRef')?.fields).at(-1) ?? '');
}

function sameText(left: Node | undefined, right: Node | undefined): boolean {
  const bare = (node: Node | undefined): string => JSON.stringify(node, (key, value: unknown) => (key === 'location' ? undefined : value));
  return left !== undefined && right !== undefined && bare(left) === bare(right) && (as(left, 'A_Const') ?? as(left, 'ColumnRef')) !== undefined;
}
