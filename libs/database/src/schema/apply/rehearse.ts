import type { Catalogue } from '../catalogue/catalogue.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import type { Difference } from '../compare/difference.js';
import { canonical, differencesBetween } from '../compare/differences.js';
import { ruleKeyOf } from '../compare/findings.js';
import { withClient, withScratchDatabase, type ScratchServer } from '../expected/scratch-database.js';
import { RehearsalFailedError } from '../errors.js';
import type { RepairStep } from '../plan/repair-step.js';
import { ALONE, makeClone } from './clone.js';
import { StatementMeter } from './measure.js';
import { runPlan } from './run-plan.js';
import type { StepFailure } from './step-failure.js';

/** What a rehearsal gave. */
export interface Rehearsal {
  /** With the locks and rewrites that PostgreSQL really took, as far as they can be watched. */
  readonly steps: readonly RepairStep[];
  /** Steps that PostgreSQL refused even on an empty clone: nothing of the plan should run then. */
  readonly refused: readonly StepFailure[];
}

/**
 * Runs a plan on an empty clone of the structure, and compares: nothing that the plan is about may differ from `to` afterwards. Steps of
 * the administrator are left out, since roles and settings belong to the whole server. The clone belongs to app_owner throughout.
 * @throws RehearsalFailedError where the clone cannot be made, or something differs afterwards
 */
export async function rehearse(server: ScratchServer, from: Catalogue, to: Catalogue, steps: readonly RepairStep[]): Promise<Rehearsal> {
  const own = steps.filter(({ administrator }) => !administrator);
  if (own.length === 0) return { steps: steps.map((step) => ({ ...step, rehearsed: false })), refused: [] };
  return withScratchDatabase(server, async (clone) => {
    const before = await makeClone(clone, from);
    const meter = new StatementMeter();
    const known = own.filter(({ about }) => isCloned(about, from, before, to));
    const { failed } = await withClient(clone.connection, (client) =>
      runPlan(client, known, { ...ALONE, beforeStatement: meter.before, afterStatement: meter.after }),
    );
    if (failed.length > 0) return { steps, refused: failed };
    refuseDifferences(to, before, await readCatalogue(clone.connection), known);
    return { steps: steps.map((step) => ({ ...step, rehearsed: known.includes(step), ...meter.measured.get(step.number) })), refused: [] };
  });
}

/** What the clone could not be given cannot be taken from it either. */
function isCloned(about: readonly string[], from: Catalogue, clone: Catalogue, to: Catalogue): boolean {
  return about.every((key) => (!from.facts.has(key) || clone.facts.has(key)) && (!differs(key, from, to) || differs(key, clone, to)));
}

function differs(key: string, one: Catalogue, other: Catalogue): boolean {
  const [left, right] = [one, other].map(({ facts }) => facts.get(key)?.attributes ?? null);
  return canonical(left ?? null) !== canonical(right ?? null);
}

/** What the plan was about must be as it should, and nothing may differ that did not differ before. */
function refuseDifferences(to: Catalogue, before: Catalogue, after: Catalogue, steps: readonly RepairStep[]): void {
  const about = new Set(steps.flatMap((step) => step.about));
  const known = new Set(differencesBetween(to.facts, before.facts).map(identityOf));
  const wrong = differencesBetween(to.facts, after.facts).filter(
    (difference) => !isOwner(difference) && (about.has(difference.fact.key) || !known.has(identityOf(difference))),
  );
  if (wrong.length === 0) return;
  throw new RehearsalFailedError(`afterwards these differed: ${wrong.map((difference) => `${difference.fact.key} (${ruleKeyOf(difference)})`).join(', ')}.`);
}

function identityOf(difference: Difference): string {
  return `${difference.fact.key} ${ruleKeyOf(difference)}`;
}

/** Everything in a clone belongs to app_owner. */
function isOwner(difference: Difference): boolean {
  return difference.verb === 'changed' && difference.attribute === 'owner';
}
