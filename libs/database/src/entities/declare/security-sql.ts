import { InvalidDeclarationError } from './errors.js';
import { quoteName } from './names.js';
import { sqlIndexesOf, type SqlIndexDeclaration } from './sql-index.js';
import { changeableColumns, tableFactsOf, type TableFacts } from './table-facts.js';
import { GRANTED_ROLES, tenancyOf, type EntityTarget, type GrantedRole, type PolicyCommand, type TableGrants, type TenancyDeclaration } from './tenancy.js';
import { triggersOf, type TriggerDeclaration } from './triggers.js';

/** Everything about tables that TypeORM cannot say, as statements, in the order in which they run. */
export interface SecurityStatements {
  readonly triggers: readonly string[];
  readonly policies: readonly string[];
  readonly grants: readonly string[];
  readonly indexes: readonly string[];
}

const OWN_ORGANIZATION = 'org_id = app.current_org_id()';
const EVERY_ROW: Readonly<Record<GrantedRole | 'app_owner', string>> = {
  app_owner: 'owner_all',
  app_admin: 'admin_all',
  app_auth: 'auth_all',
  app_queue: 'queue_all',
  app_tenant: 'tenant_all',
};

/** The statements that `entities` call for. Depends on the decorators alone. Throws on a declaration that names no column or leaves a role without a policy. */
export function securityStatements(entities: readonly EntityTarget[]): SecurityStatements {
  const tables = entities.map((entity) => ({ entity, facts: tableFactsOf(entity), tenancy: tenancyOf(entity) }));
  return {
    triggers: tables.flatMap(({ entity, facts }) => triggersOf(entity).map((trigger) => createTrigger(facts.table, trigger))),
    policies: tables.flatMap(({ facts, tenancy }) => [...enableRowSecurity(facts.table), ...policiesOf(facts, tenancy)]),
    grants: tables.flatMap(({ facts, tenancy }) => GRANTED_ROLES.flatMap((role) => grantsTo(role, facts, tenancy.grants[role]))),
    indexes: tables.flatMap(({ entity, facts }) => sqlIndexesOf(entity).map((index) => createIndex(facts.table, index))),
  };
}

/** All of them, in the order in which they run. */
export function allStatements(statements: SecurityStatements): string[] {
  return [...statements.triggers, ...statements.policies, ...statements.grants, ...statements.indexes];
}

function onTable(table: string): string {
  return `app.${quoteName(table)}`;
}

function createTrigger(table: string, trigger: TriggerDeclaration): string {
  return `create trigger ${trigger.name} before ${trigger.on} on ${onTable(table)} for each row execute function app.${trigger.call}()`;
}

function createIndex(table: string, index: SqlIndexDeclaration): string {
  const include = index.include === undefined ? '' : ` include (${index.include.map(quoteName).join(', ')})`;
  const where = index.where === undefined ? '' : ` where ${index.where}`;
  return `create ${index.unique ? 'unique ' : ''}index ${quoteName(index.name)} on ${onTable(table)} (${index.columns.join(', ')})${include}${where}`;
}

/** FORCE binds the owner as well: it gets a policy of its own, or its backfills would change nothing without a word. */
function enableRowSecurity(table: string): string[] {
  return [`alter table ${onTable(table)} enable row level security`, `alter table ${onTable(table)} force row level security`];
}

/** A row security policy as it stands in the catalogue. */
export interface PolicyFacts {
  readonly name: string;
  readonly command: PolicyCommand;
  readonly role: GrantedRole | 'app_owner';
  readonly using?: string;
  readonly check?: string;
}

/** The policies that an entity calls for. @throws InvalidDeclarationError when a role has grants and no policy says which rows. */
export function policyFactsOf(facts: TableFacts, tenancy: TenancyDeclaration): readonly PolicyFacts[] {
  const everyRow = (role: GrantedRole | 'app_owner'): PolicyFacts => ({ name: EVERY_ROW[role], command: 'all', role, using: 'true', check: 'true' });
  const roles = GRANTED_ROLES.flatMap((role) => {
    const own = tenancy.policies.filter((declared) => declared.role === role);
    if (own.length > 0) return own.map((declared) => ({ ...declared, name: `${role.replace('app_', '')}_${declared.command}` }));
    if (role === 'app_admin') return [everyRow(role)];
    if (Object.keys(tenancy.grants[role]).length === 0) return [];
    if (role !== 'app_tenant') return [everyRow(role)];
    if (tenancy.tenancyClass !== 'T') throw new InvalidDeclarationError(facts.table, 'the tenant role has grants, but no policy says which rows.');
    return [{ name: 'tenant_isolation', command: 'all' as const, role, using: OWN_ORGANIZATION, check: OWN_ORGANIZATION }];
  });
  return [everyRow('app_owner'), ...roles];
}

function policiesOf(facts: TableFacts, tenancy: TenancyDeclaration): string[] {
  return policyFactsOf(facts, tenancy).map(({ name, command, role, using, check }) => policy(facts.table, name, command, role, using, check));
}

function policy(table: string, name: string, command: string, role: string, using?: string, check?: string): string {
  const usingPart = using === undefined ? '' : ` using (${using})`;
  const checkPart = check === undefined ? '' : ` with check (${check})`;
  return `create policy ${name} on ${onTable(table)} for ${command} to ${role}${usingPart}${checkPart}`;
}

function grantsTo(role: GrantedRole, facts: TableFacts, grants: TableGrants): string[] {
  const whole = (['select', 'insert', 'delete'] as const).filter((command) => grants[command] === true);
  const listed = (['select', 'insert'] as const).flatMap((command) => columnPart(command, grants[command], facts));
  const update = grants.update === true ? changeableColumns(facts, role === 'app_tenant') : grants.update;
  const parts = [...whole, ...listed, ...(update === undefined || update.length === 0 ? [] : columnPart('update', update, facts))];
  return parts.length === 0 ? [] : [`grant ${parts.join(', ')} on ${onTable(facts.table)} to ${role}`];
}

function columnPart(command: string, columns: true | readonly string[] | undefined, facts: TableFacts): string[] {
  if (columns === undefined || columns === true) return [];
  const unknown = columns.find((column) => !facts.columns.includes(column));
  if (unknown !== undefined) throw new InvalidDeclarationError(facts.table, `the grant of ${command} names "${unknown}", which is no column of it.`);
  return [`${command} (${columns.map(quoteName).join(', ')})`];
}
