import type { TenancyClass } from '../../../entities/declare/tenancy.js';
import type { GrantFacts, PolicyRow, TableFacts } from '../facts/table-facts.js';
import { plainSql } from './sql-text.js';

/** What each class of tenancy means. */
export const CLASSES: Readonly<Record<TenancyClass, { readonly title: string; readonly meaning: string }>> = {
  T: { title: 'tenant', meaning: 'Each row belongs to exactly one organization; the tenant role meets the rows of the entered organization only.' },
  M: { title: 'membership', meaning: 'The organization itself and who belongs to it; the tenant role changes the entered organization only.' },
  G: { title: 'global', meaning: 'Shared by all organizations; the policies say what the tenant role sees of it.' },
  S: { title: 'system', meaning: 'The system’s own; the tenant role may do nothing with it.' },
};

/** What the roles are for. */
export const ROLES: Readonly<Record<string, string>> = {
  app_owner: 'owns the tables; migrations run as it',
  app_tenant: 'a request or job of one organization',
  app_auth: 'signing in and registering, before an organization is known',
  app_admin: 'unrestricted work, with a reason on record',
  app_queue: 'the worker that claims jobs',
};

const COMMANDS = ['select', 'insert', 'update', 'delete'] as const;

/** Who may do what with a table. */
export interface AccessTable {
  /** Commands; `further` where one was granted that is none of the four, such as truncate. */
  readonly commands: readonly string[];
  /** By role, a cell for each command: `yes`, the columns it is limited to, or nothing. */
  readonly rows: readonly { readonly role: string; readonly cells: readonly string[] }[];
}

/** What each role was granted that was granted anything; the owner may do everything. */
export function accessTable(table: TableFacts): AccessTable {
  const all = table.columns.map(({ name }) => name);
  const isFurther = ({ command }: GrantFacts): boolean => !COMMANDS.some((known) => known === command);
  const cell = (grant: GrantFacts | undefined): string => (grant === undefined ? '' : grant.columns === null ? 'yes' : columnsText(grant.columns, all));
  const withFurther = table.grants.some(isFurther);
  const rows = [...new Set(table.grants.map(({ role }) => role))].map((role) => {
    const granted = table.grants.filter((grant) => grant.role === role);
    const cells = COMMANDS.map((command) => cell(granted.find((grant) => grant.command === command)));
    const further = granted.filter(isFurther).map(({ command }) => command);
    return { role, cells: withFurther ? [...cells, further.join(', ')] : cells };
  });
  return { commands: withFurther ? [...COMMANDS, 'further'] : COMMANDS, rows };
}

/** The columns by name, or what is missing of all of them where that is shorter. */
export function columnsText(columns: readonly string[], all: readonly string[]): string {
  const missing = all.filter((column) => !columns.includes(column));
  return missing.length < columns.length ? `all but ${missing.join(', ')}` : columns.join(', ');
}

/** A policy in three texts: whom it is for, which rows are there, which it may leave behind. */
export interface PolicyLine {
  readonly name: string;
  readonly role: string;
  readonly command: string;
  readonly rows: string;
  readonly leaves: string;
}

export function policyLines(table: TableFacts): PolicyLine[] {
  return table.policies.map((policy) => ({
    name: policy.permissive ? policy.name : `${policy.name} (restrictive)`,
    role: policy.roles.join(', '),
    command: policy.command,
    rows: rowsText(policy.using),
    leaves: leavesText(policy),
  }));
}

function rowsText(expression: string | null): string {
  if (expression === null) return '';
  return expression === 'true' ? 'every row' : plainSql(expression);
}

/** Without a check of its own, what is written must fit what is seen. */
function leavesText({ command, using, check }: PolicyRow): string {
  if (command === 'select' || command === 'delete') return '';
  return rowsText(check ?? using);
}
