import type { Catalogue } from '../catalogue/catalogue.js';
import { engineActions } from '../catalogue/engine/actions.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import type { Difference } from '../compare/difference.js';
import { differencesBetween } from '../compare/differences.js';
import { ruleKeyOf } from '../compare/findings.js';
import { withClient, withScratchDatabase, type ScratchDatabase, type ScratchServer } from '../expected/scratch-database.js';
import { RehearsalFailedError } from '../errors.js';
import type { RepairStep } from '../plan/repair-step.js';
import { StatementMeter } from './measure.js';
import { runPlan } from './run-plan.js';

const OWNER = / OWNER TO /;
/** On an empty clone of one's own nobody waits for anybody. */
const ALONE = { lockTimeoutMs: 10_000, attempts: 1 };

/**
 * Runs a plan on an empty clone of the structure, and compares: nothing that the plan is about may differ from `to` afterwards. Steps of
 * the administrator are left out, since roles and settings belong to the whole server. The clone belongs to app_owner throughout.
 * @returns the steps with the locks and rewrites that PostgreSQL really took, as far as they can be watched
 * @throws RehearsalFailedError
 */
export async function rehearse(server: ScratchServer, from: Catalogue, to: Catalogue, steps: readonly RepairStep[]): Promise<RepairStep[]> {
  const own = steps.filter(({ administrator }) => !administrator);
  if (own.length === 0) return [...steps];
  return withScratchDatabase(server, async (clone) => {
    await makeClone(clone, from);
    const before = await readCatalogue(clone.connection);
    const meter = new StatementMeter();
    const result = await withClient(clone.connection, (client) =>
      runPlan(client, own, { ...ALONE, beforeStatement: meter.before, afterStatement: meter.after }),
    );
    const [failure] = result.failed;
    if (failure !== undefined) throw new RehearsalFailedError(`step ${failure.step.number} (${failure.step.sql}) was refused: ${failure.reason}`);
    refuseDifferences(to, before, await readCatalogue(clone.connection), own);
    return steps.map((step) => ({ ...step, ...meter.measured.get(step.number) }));
  });
}

/** The structure of a database, built in an empty one. */
async function makeClone(clone: ScratchDatabase, from: Catalogue): Promise<void> {
  const empty = await readCatalogue(clone.connection);
  const statements = engineActions(empty, from).map(({ sql }) => sql);
  try {
    await clone.run(['set check_function_bodies = off', ...statements.filter((sql) => !OWNER.test(sql))]);
  } catch (error) {
    throw new RehearsalFailedError(`the clone could not be made: ${error instanceof Error ? error.message : String(error)}.`, error);
  }
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
