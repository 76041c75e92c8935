import pg from 'pg';
import type { SchemaFact } from '../../catalogue/fact.js';
import { draft, type DraftStep } from '../draft-step.js';
import type { PlanContext } from '../plan-context.js';
import type { SafeForm } from './safe-form.js';

const q = pg.escapeIdentifier;
const OUR_OWNER = 'app_owner';

/**
 * The grants of one role on one table that is in use: exactly what is too much is taken away and what is missing is given, so that the
 * role is never without the rest. Taking a right on a table away takes it from each column too, so those that stay are given again.
 */
export const exactGrant: SafeForm = (action, context) => {
  const key = action.about[0];
  const from = context.from.facts.get(key);
  if (from?.kind !== 'grant' || !key.startsWith('acl:(table:')) return undefined;
  const table = from.table ?? '';
  const grantee = granteeOf(from);
  if (grantee === undefined || !context.isInUse(table)) return undefined;
  // The library takes everything away and gives it again, in two actions; the first one speaks for both.
  if (!action.sql.startsWith('REVOKE')) return [];
  return changes(from, context.to.facts.get(key), table, grantee, context);
};

/** `app.run to app_tenant`; undefined for a grant on columns. */
function granteeOf({ name, table = '' }: SchemaFact): string | undefined {
  const head = `app.${table} to `;
  return name.startsWith(head) ? name.slice(head.length) : undefined;
}

function changes(from: SchemaFact, to: SchemaFact | undefined, table: string, grantee: string, context: PlanContext): DraftStep[] {
  const [had, has] = [rightsOf(from, 'privileges'), rightsOf(to, 'privileges')];
  const [couldGrant, canGrant] = [rightsOf(from, 'grantable'), rightsOf(to, 'grantable')];
  const tooMuch = had.filter((right) => !has.includes(right));
  const optionTooMuch = couldGrant.filter((right) => !canGrant.includes(right) && has.includes(right));
  // Where the table changes hands, the rights of the one who had it go too.
  const known = context.from.facts.get(from.parent ?? '')?.attributes['owner'] === OUR_OWNER ? had : [];
  const missing = has.filter((right) => !known.includes(right) && !canGrant.includes(right));
  const optionMissing = canGrant.filter((right) => !couldGrant.includes(right));
  const role = grantee === 'PUBLIC' ? 'PUBLIC' : q(grantee);
  const on = `ON TABLE app.${q(table)}`;
  const statements = [
    ...(tooMuch.length === 0 ? [] : [`REVOKE ${tooMuch.join(', ')} ${on} FROM ${role} CASCADE`]),
    ...(optionTooMuch.length === 0 ? [] : [`REVOKE GRANT OPTION FOR ${optionTooMuch.join(', ')} ${on} FROM ${role} CASCADE`]),
    ...(missing.length === 0 ? [] : [`GRANT ${missing.join(', ')} ${on} TO ${role}`]),
    ...(optionMissing.length === 0 ? [] : [`GRANT ${optionMissing.join(', ')} ${on} TO ${role} WITH GRANT OPTION`]),
    ...columnGrants(table, grantee, tooMuch, context).map(
      ({ column, rights }) => `GRANT ${rights.map((right) => `${right} (${q(column)})`).join(', ')} ${on} TO ${role}`,
    ),
  ];
  return statements.map((sql) => draft(sql, [from.key], { together: `row security ${table}` }));
}

function rightsOf(fact: SchemaFact | undefined, attribute: 'privileges' | 'grantable'): string[] {
  const rights = fact?.attributes[attribute];
  return Array.isArray(rights) ? rights.map(String) : [];
}

/** The rights on columns that the role shall have, and loses when it loses the same right on the table. */
function columnGrants(table: string, grantee: string, taken: readonly string[], { to }: PlanContext): { column: string; rights: string[] }[] {
  return [...to.facts.values()].flatMap((fact) => {
    if (fact.kind !== 'grant' || fact.table !== table || !fact.name.endsWith(` to ${grantee}`) || granteeOf(fact) !== undefined) return [];
    const rights = rightsOf(fact, 'privileges').filter((right) => taken.includes(right));
    const column = fact.name.slice(`app.${table}.`.length, -` to ${grantee}`.length);
    return rights.length === 0 ? [] : [{ column, rights }];
  });
}
