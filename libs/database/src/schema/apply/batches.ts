import type { RepairStep } from '../plan/repair-step.js';

/** Steps that commit together; a single one where it refuses to run in a transaction. */
export interface Batch {
  readonly steps: readonly [RepairStep, ...RepairStep[]];
  readonly transactional: boolean;
}

/** Cuts a plan at its transactions. */
export function batchesOf(steps: readonly RepairStep[]): Batch[] {
  const batches: { steps: [RepairStep, ...RepairStep[]]; transactional: boolean }[] = [];
  for (const step of steps) {
    const last = batches.at(-1);
    const joins = step.transaction !== null && last?.steps[0].transaction === step.transaction && last.steps[0].administrator === step.administrator;
    if (joins) last.steps.push(step);
    else batches.push({ steps: [step], transactional: step.transaction !== null });
  }
  return batches;
}
