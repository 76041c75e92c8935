import pg from 'pg';
import { canonical } from '../../compare/differences.js';
import { attributeText } from '../../compare/texts.js';
import type { SchemaFact } from '../../catalogue/fact.js';
import { draft, type DraftStep } from '../draft-step.js';
import type { SafeForm } from './safe-form.js';

const q = pg.escapeIdentifier;

/**
 * A policy whose expressions or roles changed is altered in place: dropped and made again, the table would be without it for the rest of
 * the transaction, and locked for as long. Only its command, its kind, and a clause that goes away need a new policy.
 */
export const policyInPlace: SafeForm = (action, context) => {
  const key = action.about[0];
  const from = context.from.facts.get(key);
  const to = context.to.facts.get(key);
  if (from?.kind !== 'policy' || to === undefined || !context.isReplaced(key) || !canAlter(from, to)) return undefined;
  // Unchanged, it only makes way for what it depends on; and a table that is made again has none to alter.
  if (isSame(from, to) || !context.isInUse(from.table ?? null)) return undefined;
  return action.verb === 'drop' ? [] : [alter(from, to)];
};

function isSame(from: SchemaFact, to: SchemaFact): boolean {
  return canonical({ ...from.attributes }) === canonical({ ...to.attributes });
}

function canAlter(from: SchemaFact, to: SchemaFact): boolean {
  const same = (name: string): boolean => from.attributes[name] === to.attributes[name];
  const stays = (name: string): boolean => from.attributes[name] === null || to.attributes[name] !== null;
  return same('cmd') && same('permissive') && stays('usingExpr') && stays('checkExpr');
}

function alter(from: SchemaFact, { key, name, table = '', attributes }: SchemaFact): DraftStep {
  const { roles, usingExpr, checkExpr } = attributes;
  const to = attributeText(roles ?? []) === attributeText(from.attributes['roles'] ?? []) ? '' : ` TO ${namesOf(roles)}`;
  const using = typeof usingExpr === 'string' ? ` USING (${usingExpr})` : '';
  const check = typeof checkExpr === 'string' ? ` WITH CHECK (${checkExpr})` : '';
  const policy = name.slice(`app.${table}.`.length);
  return draft(`ALTER POLICY ${q(policy)} ON app.${q(table)}${to}${using}${check}`, [key], {
    table,
    lock: 'ACCESS EXCLUSIVE',
    together: `row security ${table}`,
  });
}

function namesOf(roles: SchemaFact['attributes'][string] | undefined): string {
  if (!Array.isArray(roles)) return 'PUBLIC';
  return roles.map((role) => (role === 'PUBLIC' ? 'PUBLIC' : q(String(role)))).join(', ');
}
