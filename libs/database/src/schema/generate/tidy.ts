import type { Catalogue } from '../catalogue/catalogue.js';
import { tableFactsOf } from '../../entities/declare/table-facts.js';
import type { EntityTarget } from '../../entities/declare/tenancy.js';
import type { RepairStep } from '../plan/repair-step.js';
import { splitList, tableParts } from './render/split-list.js';

/**
 * The same plan as a person would write it: columns of a new table in the order of its entity and before its constraints, foreign keys
 * after policies, one grant for each table and role, nothing taken away that is not there, nothing said twice, and nothing of an owner that migrations run as anyway.
 */
export function tidied(steps: readonly RepairStep[], from: Catalogue, entities: readonly EntityTarget[]): RepairStep[] {
  const order = new Map(entities.map(tableFactsOf).map(({ table, columns }) => [`"app"."${table}"`, columns]));
  const made = new Set(steps.flatMap(({ sql }) => tableParts(sql)?.table ?? []));
  const kept = steps.filter((step, place) => !isIdle(step, from) && step.sql !== steps[place - 1]?.sql && !made.has(ownedTable(step.sql)));
  return mergedGrants(keysLast(kept).map((step) => ({ ...step, sql: inOrder(step.sql, order), rewrite: step.rewrite && !ADDS_CONSTANT.test(step.sql) })));
}

/** PostgreSQL checks a foreign key as the owner, who needs a policy on both tables before it sees a row of them. */
function keysLast(steps: readonly RepairStep[]): RepairStep[] {
  const isKey = ({ sql }: RepairStep): boolean => / ADD CONSTRAINT .* FOREIGN KEY /s.test(sql) && !sql.endsWith(' NOT VALID');
  const lastPolicy = steps.findLastIndex(({ sql }) => sql.startsWith('CREATE POLICY '));
  const early = steps.slice(0, lastPolicy + 1);
  return [...early.filter((step) => !isKey(step)), ...early.filter(isKey), ...steps.slice(lastPolicy + 1)];
}

/** PostgreSQL keeps one value for all old rows in its catalogue then. */
const ADDS_CONSTANT = / ADD COLUMN .* DEFAULT (('([^']|'')*'|-?\d+(\.\d+)?)(::[a-z ]+(\(\d+(,\d+)?\))?)?|true|false|now\(\))$/;

function ownedTable(sql: string): string {
  return /^ALTER TABLE (\S+) OWNER TO "app_owner"$/.exec(sql)?.[1] ?? '';
}

/** Whether it takes away a grant or a default that nobody has. */
function isIdle({ sql, about }: RepairStep, { facts }: Catalogue): boolean {
  if (/^REVOKE ALL /.test(sql)) return !about.some((key) => facts.has(key));
  const [key = ''] = about;
  return (
    / DROP DEFAULT$/.test(sql) && ![...facts.values()].some(({ kind, parent }) => kind === 'default' && (parent === key || parent === facts.get(key)?.parent))
  );
}

function inOrder(sql: string, order: ReadonlyMap<string, readonly string[]>): string {
  const table = tableParts(sql);
  if (table === undefined) return sql;
  const columns = order.get(table.table) ?? [];
  const place = (part: string): number => {
    const name = /^"((?:[^"]|"")+)" /.exec(part)?.[1];
    if (name === undefined) return Number.POSITIVE_INFINITY;
    const at = columns.indexOf(name.replaceAll('""', '"'));
    return at < 0 ? columns.length : at;
  };
  const sorted = table.parts.map((part) => ({ part, at: place(part) })).sort((left, right) => (left.at === right.at ? 0 : left.at - right.at));
  return `${table.head}(${sorted.map(({ part }) => part).join(', ')})`;
}

const GRANT = /^(GRANT|REVOKE) (.+) ON TABLE (\S+) (TO|FROM) (\S+)$/;

/** The last of them takes over what the others say. */
function mergedGrants(steps: readonly RepairStep[]): RepairStep[] {
  const groups = new Map<string, RepairStep[]>();
  for (const step of steps) {
    const [, verb = '', , table = '', , role = ''] = GRANT.exec(step.sql) ?? [];
    // ALL stands alone, and is said of columns or of the whole.
    const key = `${verb} ${/ ALL (?=ON)/.test(step.sql)} ${/ ALL \(/.test(step.sql)} ${table} ${role}`;
    if (verb !== '') groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  const merged = new Map(
    [...groups.values()].flatMap((group) => group.map((step, place) => [step, place === group.length - 1 ? joined(step, group) : null] as const)),
  );
  return steps.flatMap((step) => {
    const replacement = merged.get(step);
    return replacement === undefined ? [step] : replacement === null ? [] : [replacement];
  });
}

function joined(last: RepairStep, group: readonly RepairStep[]): RepairStep {
  const [, verb = '', , table = '', direction = '', role = ''] = GRANT.exec(last.sql) ?? [];
  const privileges = new Map<string, readonly string[]>();
  for (const { sql } of group) {
    for (const part of splitList(GRANT.exec(sql)?.[2] ?? '')) {
      const [, command = part, columns] = /^(\w+) \((.*)\)$/.exec(part) ?? [];
      const key = columns === undefined ? command : `${command} ()`;
      privileges.set(key, [...(privileges.get(key) ?? []), ...(columns === undefined ? [] : splitList(columns))]);
    }
  }
  const listed = [...privileges].map(([key, columns]) => (columns.length === 0 ? key : key.replace('()', `(${columns.join(', ')})`)));
  const whole = [...listed.filter((part) => !part.endsWith(')')), ...listed.filter((part) => part.endsWith(')'))];
  return { ...last, about: [...new Set(group.flatMap(({ about }) => about))], sql: `${verb} ${whole.join(', ')} ON TABLE ${table} ${direction} ${role}` };
}
