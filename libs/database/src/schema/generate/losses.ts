import type { FactMap } from '../catalogue/fact.js';
import type { RepairStep } from '../plan/repair-step.js';
import { ownName } from './declared/keys.js';
import { GenerateOptionError, LossNotAllowedError } from './errors.js';

/**
 * Holds the plan against what may be lost: `table` or `table.column`.
 * @throws LossNotAllowedError with every loss that nobody allowed, GenerateOptionError for an allowance that nothing needs
 */
export function checkLosses(steps: readonly RepairStep[], facts: FactMap, allowed: readonly string[]): void {
  const losses = steps.flatMap((step) => (step.loses === null ? [] : [{ name: lostName(step, facts), loses: step.loses }]));
  const covers = (allowance: string, name: string): boolean => name === allowance || name.startsWith(`${allowance}.`);
  const refused = losses.filter(({ name }) => !allowed.some((allowance) => covers(allowance, name)));
  if (refused.length > 0) throw new LossNotAllowedError(refused);
  const idle = allowed.find((allowance) => !losses.some(({ name }) => covers(allowance, name)));
  if (idle !== undefined) throw new GenerateOptionError('--allow-loss', idle, 'this migration loses nothing of it');
}

function lostName({ about: [key = ''] }: RepairStep, facts: FactMap): string {
  const fact = facts.get(key);
  if (fact === undefined) return key;
  return fact.kind === 'table' || fact.table === undefined ? ownName(fact) : `${fact.table}.${ownName(fact)}`;
}
