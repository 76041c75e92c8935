import type { Client } from 'pg';
import { rehearse } from '../apply/rehearse.js';
import { runPlan } from '../apply/run-plan.js';
import type { RunResult, StepFailure } from '../apply/step-failure.js';
import { requireReceipt, type AcceptedReceipt } from '../backup/receipt/require-receipt.js';
import type { SchemaFinding } from '../compare/finding.js';
import { DestructiveRepairRefusedError, RehearsalFailedError, RehearsalImpossibleError } from '../errors.js';
import type { MigrationList } from '../expected/from-migrations.js';
import { withClient } from '../expected/scratch-database.js';
import type { RepairPlan, RepairStep } from '../plan/repair-step.js';
import { choosePlan, type ChosenPlan } from './choose-plan.js';
import type { SchemaConnections } from './connections.js';
import { LedgerEntry, noteBrokenRuns } from './fix-ledger.js';
import { look, type Look } from './look.js';
import { findingsOf } from './report.js';
import type { FixOptions, FixReport, SchemaManagerOptions } from './schema-manager.types.js';

const LOCK_TIMEOUT_MS = 2_000;
const ATTEMPTS = 10;

/** What a repair works with. */
export interface FixContext {
  readonly connections: SchemaConnections;
  readonly migrations: MigrationList;
  readonly options: SchemaManagerOptions;
}

/**
 * Repairs: looks, plans, rehearses on a clone, applies, looks again, and writes the ledger. Steps that can lose values run only where
 * three things are there: the setting, the option, and a receipt of a backup.
 * @param owner the session that holds the migrations' lock and does the repair, so that nobody else begins while it works
 * @throws DestructiveRepairRefusedError, RehearsalImpossibleError, RehearsalFailedError, NoSuchFindingError, what a receipt is refused
 *   with, and what PostgreSQL says: then nothing was changed
 */
export async function fix(context: FixContext, options: FixOptions, owner: Client): Promise<FixReport> {
  const before = await look(context.connections, context.migrations);
  if (options.dryRun !== true) await noteBrokenRuns(owner);
  const { plan, refused } = await rehearsed(context, before, options);
  if (plan.steps.length === 0) return nothingDone(refused.length === 0 ? 'nothing-to-do' : 'left', before, plan, refused);
  if (options.dryRun === true) return nothingDone('rehearsed', before, plan, refused);
  return apply(context, options, { before, plan, refused }, owner);
}

function nothingDone(outcome: FixReport['outcome'], before: Look, plan: RepairPlan, refused: readonly StepFailure[]): FixReport {
  return { outcome, plan, done: [], failed: refused, left: leftAfter(before, refused), ledgerId: null };
}

/** A plan that PostgreSQL did on a clone; what it refused there is left out, for one thing must not hold up the repair of the others. */
async function rehearsed(context: FixContext, before: Look, options: FixOptions): Promise<{ plan: RepairPlan; refused: readonly StepFailure[] }> {
  const refused: StepFailure[] = [];
  for (;;) {
    const without = refused.flatMap(({ step }) => step.about);
    const chosen = choose(context, before, options, without);
    const plan = planOf(before, chosen);
    if (chosen.steps.length === 0) return { plan, refused };
    const { scratch } = context.connections;
    if (scratch === undefined) throw new RehearsalImpossibleError();
    const rehearsal = await rehearse(scratch, before.actual, chosen.target, chosen.steps);
    const [failure] = rehearsal.refused;
    if (failure === undefined) return { plan: { ...plan, steps: rehearsal.steps }, refused };
    if (failure.step.about.every((key) => without.includes(key))) throw new RehearsalFailedError(refusalOf(failure));
    refused.push(...rehearsal.refused);
  }
}

function refusalOf({ step, reason }: StepFailure): string {
  return `step ${step.number} (${step.sql}) was refused: ${reason}`;
}

function choose({ connections, options: manager }: FixContext, before: Look, options: FixOptions, without: readonly string[]): ChosenPlan {
  const hasAdministrator = connections.administrator !== undefined;
  const only = options.only === undefined ? {} : { only: options.only };
  const chosen = choosePlan(before, { ...only, without, mayLose: options.destructive === true, hasAdministrator });
  const losses = chosen.steps.flatMap(({ loses }) => (loses === null ? [] : [loses]));
  if (losses.length === 0) return chosen;
  if (manager.destructiveAllowed !== true) {
    throw new DestructiveRepairRefusedError(losses, 'Set AUTO_SCHEMA_DESTRUCTIVE=true for this command if you mean it, and give a receipt of a backup.');
  }
  if (options.receipt === undefined) {
    throw new DestructiveRepairRefusedError(
      losses,
      'Take a backup (npm run db:backup) and give it with --receipt <archive>, or attest another one (npm run db:attest).',
    );
  }
  return chosen;
}

/** What is to be done, and what is left to a person. */
export function planOf(before: Look, { steps, leaves }: ChosenPlan): RepairPlan {
  const about = new Set(steps.flatMap((step) => step.about));
  const manual = findingsOf(before)
    .filter(({ key }) => leaves.includes(key) || !about.has(key))
    .map(({ key }) => key);
  return { steps, manual };
}

interface Rehearsed {
  readonly before: Look;
  readonly plan: RepairPlan;
  readonly refused: readonly StepFailure[];
}

async function apply(context: FixContext, options: FixOptions, { before, plan, refused }: Rehearsed, owner: Client): Promise<FixReport> {
  const { connections } = context;
  const receipts: AcceptedReceipt[] = [];
  const limits = limitsOf(context);
  const beforeBatch = async (steps: readonly RepairStep[], client: Client): Promise<void> => {
    const losing = steps.filter(({ loses }) => loses !== null);
    const tables = [...new Set(losing.flatMap(({ table }) => (table === null ? [] : [table])))];
    if (losing.length > 0 && options.receipt !== undefined) {
      receipts.push(await requireReceipt(client, options.receipt, tables, { lockTimeoutMs: limits.lockTimeoutMs }));
    }
  };
  const run = (administrator?: Client): Promise<RunResult> =>
    runPlan(owner, plan.steps, { ...limits, watchOn: connections.owner, ...(administrator && { administrator }), beforeBatch });
  const entry = await LedgerEntry.start(owner, plan, before.journal.head);
  const ran = await (connections.administrator === undefined ? run() : withClient(connections.administrator, run));
  const result = { ...ran, failed: [...refused, ...ran.failed] };
  const left = leftAfter(await lookAfter(context, result, entry), result.failed);
  const ledgerId = await entry.complete(connections.owner, result, { left, receipts });
  return { outcome: left.length === 0 ? 'repaired' : 'left', plan, ...result, left, ledgerId };
}

/** What was done is written down also where nobody can say any more what came of it. */
async function lookAfter({ connections, migrations }: FixContext, result: RunResult, entry: LedgerEntry): Promise<Look> {
  try {
    return await look(connections, migrations);
  } catch (error) {
    await entry.completeUnseen(connections.owner, result, error);
    throw error;
  }
}

function limitsOf({ options }: FixContext): Pick<Parameters<typeof runPlan>[2], 'lockTimeoutMs' | 'attempts' | 'onProgress'> {
  const { lockTimeoutMs = LOCK_TIMEOUT_MS, attempts = ATTEMPTS, onProgress } = options;
  return { lockTimeoutMs, attempts, ...(onProgress === undefined ? {} : { onProgress }) };
}

/** What still differs, with what PostgreSQL said where it refused the step. */
function leftAfter(after: Look, failed: readonly StepFailure[]): SchemaFinding[] {
  return findingsOf(after).map((finding) => {
    const failure = failed.find(({ step }) => step.about.includes(finding.key));
    return failure === undefined ? finding : { ...finding, explanation: `${finding.explanation} The repair was refused: ${failure.reason}` };
  });
}
