import { policyFactsOf, type PolicyFacts } from '../../entities/declare/security-sql.js';
import { tableFactsOf } from '../../entities/declare/table-facts.js';
import { tenancyOf, type PolicyCommand } from '../../entities/declare/tenancy.js';
import { entities } from '../../entities/index.js';
import { SCHEMA } from '../../migrations/journal.js';
import { down, up, type Finding, type HealthCheck, type HealthQuery } from '../finding.js';

interface ActualPolicy {
  readonly name: string;
  readonly command: string;
  readonly permissive: boolean;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

interface ActualTable {
  readonly name: string;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly policies: readonly ActualPolicy[];
}

interface ExpectedTable {
  readonly name: string;
  readonly policies: readonly PolicyFacts[];
}

const LONGEST_LIST = 20;
const COMMANDS: Readonly<Record<PolicyCommand, string>> = {
  all: '*',
  select: 'r',
  insert: 'a',
  update: 'w',
  delete: 'd',
};

const CATALOGUE = `
  select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    coalesce(json_agg(json_build_object(
      'name', p.polname, 'command', p.polcmd, 'permissive', p.polpermissive,
      'roles', (select json_agg(case when role = 0 then 'public' else pg_get_userbyid(role)::text end) from unnest(p.polroles) as role),
      'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)
    )) filter (where p.oid is not null), '[]') as policies
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_policy p on p.polrelid = c.oid
  where n.nspname = $1 and c.relkind in ('r', 'p')
  group by c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity`;

let expectation: readonly ExpectedTable[] | undefined;

/**
 * Every entity's table exists, with row security enabled and forced and the policies its declaration calls for: by name, command and
 * role, and none of them opened to every row. What is there beside that is information, and the whole comparison is the drift check's.
 */
export const schemaCheck: HealthCheck = {
  name: 'schema',
  gatesReadiness: true,
  async look(query: HealthQuery): Promise<Finding> {
    const actual = new Map((await query<ActualTable>(CATALOGUE, [SCHEMA])).map((table) => [table.name, table]));
    const expected = expectedTables();
    const problems = expected.flatMap((table) => problemsOf(table, actual.get(table.name)));
    if (problems.length === 0) return up({ tables: expected.length });
    return down(`${problems.length} ${problems.length === 1 ? 'difference' : 'differences'} to what the entities declare.`, {
      tables: expected.length,
      problems: problems.slice(0, LONGEST_LIST),
    });
  },
};

function expectedTables(): readonly ExpectedTable[] {
  expectation ??= entities.map((entity) => {
    const facts = tableFactsOf(entity);
    return { name: facts.table, policies: policyFactsOf(facts, tenancyOf(entity)) };
  });
  return expectation;
}

function problemsOf(expected: ExpectedTable, actual: ActualTable | undefined): string[] {
  if (actual === undefined) return [`table "${expected.name}" is missing`];
  const problems: string[] = [];
  if (!actual.enabled) problems.push(`table "${expected.name}" has row security disabled`);
  if (!actual.forced) problems.push(`table "${expected.name}" does not force row security on its owner`);
  for (const policy of expected.policies) {
    const problem = policyProblem(
      policy,
      actual.policies.find(({ name }) => name === policy.name),
    );
    if (problem !== undefined) problems.push(`policy "${policy.name}" of table "${expected.name}" ${problem}`);
  }
  return problems;
}

function policyProblem(expected: PolicyFacts, actual: ActualPolicy | undefined): string | undefined {
  if (actual === undefined) return 'is missing';
  if (!actual.permissive || actual.command !== COMMANDS[expected.command]) return `is not a permissive policy for ${expected.command}`;
  if (actual.roles.length !== 1 || actual.roles[0] !== expected.role) return `is for ${actual.roles.join(', ')} instead of ${expected.role}`;
  if (opened(expected.using, actual.using) || opened(expected.check, actual.check)) return 'lets every row pass';
  return undefined;
}

function opened(expected: string | undefined, actual: string | null): boolean {
  return expected !== undefined && expected !== 'true' && (actual === 'true' || actual === null);
}
