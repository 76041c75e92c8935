import { LOCK_MODES } from '../../catalogue/own/own-fact-kind.js';
import type { SchemaFinding } from '../../compare/finding.js';
import type { FixReport } from '../../manager/schema-manager.types.js';
import type { RepairPlan, RepairStep } from '../../plan/repair-step.js';
import type { DriftCase } from './drift-case.js';
import { placeOf } from './finding-text.js';
import type { LifecycleDatabase } from './lifecycle-database.js';
import { keyOf } from './rounds.js';

/** Some step of the plan is about the case, and its steps say what the case says of them. */
export function expectPlanned({ name, finds, alsoFinds = [], plan: wanted = {} }: DriftCase, plan: RepairPlan): void {
  const keys = [finds.key, ...alsoFinds.map(keyOf)];
  const steps = plan.steps.filter(({ about }) => about.some((key) => keys.includes(key)));
  expect({ name, isPlanned: steps.length > 0, isManual: plan.manual.includes(finds.key) }).toEqual({ name, isPlanned: true, isManual: false });
  const { lock, rewrite, loses } = wanted;
  for (const step of steps) expect(LOCK_MODES).toContain(step.lock);
  if (lock !== undefined) expect({ name, lock: strongest(steps) }).toEqual({ name, lock });
  if (rewrite !== undefined) expect({ name, rewrite: steps.some((step) => step.rewrite) }).toEqual({ name, rewrite });
  if (loses !== undefined) expect(steps.map((step) => step.loses ?? '').join('\n')).toMatch(loses);
}

function strongest(steps: readonly RepairStep[]): string | undefined {
  return LOCK_MODES[Math.max(...steps.map(({ lock }) => LOCK_MODES.indexOf(lock)))];
}

/** Everything was repaired. What PostgreSQL refused is shown, where it was not. */
export function expectRepaired({ outcome, failed, left }: Pick<FixReport, 'outcome' | 'failed' | 'left'>): void {
  const shown = { outcome, failed: failed.map(({ step, reason }) => `${step.sql}: ${reason}`), left: left.map(placeOf) };
  expect(shown).toEqual({ outcome: 'repaired', failed: [], left: [] });
}

/** The comparison is empty, repairing again has nothing to do, and every table that was there holds as many rows as it did. */
export async function expectSame(database: LifecycleDatabase, rows: ReadonlyMap<string, number>): Promise<void> {
  const { outcome, left } = await database.administering().fixSchema();
  expect({ outcome, left: left.map(placeOf) }).toEqual({ outcome: 'nothing-to-do', left: [] });
  const now = await database.rowCounts();
  expect([...now].filter(([table]) => rows.has(table))).toEqual([...rows].filter(([table]) => now.has(table)));
}

export function keysOfFindings(findings: readonly SchemaFinding[]): string[] {
  return findings.map(({ key }) => key);
}

export function keysOfRound(round: readonly DriftCase[]): string[] {
  return round.map(({ finds }) => finds.key);
}

/** What a test says is done. */
export function titleOf(round: readonly DriftCase[]): string {
  const [first] = round;
  return round.length === 1 && first !== undefined ? `${first.name} is` : `all ${round.length} are`;
}
