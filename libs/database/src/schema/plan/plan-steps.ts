import type { Catalogue } from '../catalogue/catalogue.js';
import { engineActions } from '../catalogue/engine/actions.js';
import { OWN_FACT_KINDS } from '../catalogue/own/kinds.js';
import type { RepairStatement } from '../catalogue/own/own-fact-kind.js';
import { differencesBetween } from '../compare/differences.js';
import type { Difference } from '../compare/difference.js';
import { ruleKeyOf } from '../compare/findings.js';
import { draft, PHASES, type DraftStep } from './draft-step.js';
import { plainStep } from './plain-step.js';
import { PlanContext } from './plan-context.js';
import type { RepairStep } from './repair-step.js';
import { SAFE_FORMS } from './safe-forms/all.js';
import { transactionsOf } from './transactions.js';
import { UNPLANNED } from './unplanned.js';

/**
 * The steps that lead from one catalogue to another: the comparing library's statements, written the safe way, and our own for what it
 * does not see. In the order in which they run; none where the two are the same.
 * @throws what the library says of a change that it cannot plan
 */
export function planSteps(from: Catalogue, to: Catalogue): RepairStep[] {
  const actions = engineActions(from, to);
  const context = new PlanContext(from, to, actions);
  const theirs = actions.flatMap((action) => stepsOf(action, context));
  const ours = differencesBetween(to.facts, from.facts).flatMap(ownSteps);
  const drafts = withoutRepetition([...theirs, ...ours]);
  const ordered = PHASES.flatMap((phase) => drafts.filter((step) => step.phase === phase));
  const transactions = transactionsOf(ordered);
  return ordered.map(({ sql, about, table, lock, rewrite, loses, administrator }, place) => ({
    number: place + 1,
    sql,
    about,
    transaction: transactions[place] ?? null,
    lock,
    table,
    rewrite,
    loses,
    administrator,
  }));
}

function stepsOf(action: PlanContext['actions'][number], context: PlanContext): readonly DraftStep[] {
  for (const form of SAFE_FORMS) {
    const steps = form(action, context);
    if (steps !== undefined) return steps;
  }
  return [plainStep(action, context)];
}

/** What the library says and we say as well is done once. */
function withoutRepetition(drafts: readonly DraftStep[]): DraftStep[] {
  const seen = new Set<string>();
  return drafts.filter(({ sql }) => !seen.has(sql.trim()) && seen.add(sql.trim()));
}

const OWN_REPAIRS = new Map(OWN_FACT_KINDS.flatMap((kind) => Object.entries(kind.repairs)));

function ownSteps(difference: Difference): DraftStep[] {
  const rule = ruleKeyOf(difference);
  const unplanned = difference.verb === 'changed' ? (UNPLANNED[rule]?.(difference) ?? []) : [];
  return [...unplanned, ...(OWN_REPAIRS.get(rule)?.(difference) ?? [])].map((statement) => ownStep(statement, difference));
}

function ownStep({ sql, lock, rewrite = false, loses, as, transactional = true }: RepairStatement, { fact }: Difference): DraftStep {
  return draft(sql, [fact.key], {
    phase: as === 'administrator' ? 'administer' : transactional ? 'change' : 'index',
    table: fact.table ?? null,
    lock,
    rewrite,
    loses: loses ?? null,
    transactional,
    administrator: as === 'administrator',
  });
}
