import type { RepairStep } from '../plan/repair-step.js';
import type { DeclaredStep } from './declared/declared-step.js';

/** What becomes one migration: all of it one transaction, or each statement one of its own. */
export interface Part {
  readonly transactional: boolean;
  readonly declared: readonly DeclaredStep[];
  readonly planned: readonly RepairStep[];
}

/**
 * Cuts steps into migrations. What changes the catalogue commits together; what takes long on a table in use (building an index, proving
 * a constraint, filling a column) stands alone, statement by statement, so that no lock is held over it.
 */
export function partsOf(declared: readonly DeclaredStep[], planned: readonly RepairStep[]): Part[] {
  const parts: Part[] = [];
  const add = (transactional: boolean, step: Pick<Part, 'declared'> | Pick<Part, 'planned'>): void => {
    const last = parts.at(-1);
    const joins = last?.transactional === transactional;
    const { declared: before, planned: after } = joins ? last : { declared: [], planned: [] };
    const part = 'declared' in step ? { declared: [...before, ...step.declared], planned: after } : { declared: before, planned: [...after, ...step.planned] };
    if (joins) parts.pop();
    parts.push({ transactional, ...part });
  };
  for (const step of declared.filter(({ online }) => !online)) add(true, { declared: [step] });
  for (const step of declared.filter(({ online }) => online)) add(false, { declared: [step] });
  for (const group of groupsOf(planned)) add(!isOnline(group), { planned: group });
  return parts;
}

function groupsOf(steps: readonly RepairStep[]): RepairStep[][] {
  const groups: RepairStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last !== undefined && step.transaction !== null && last[0]?.transaction === step.transaction) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** Each of these is complete in itself: whatever stops between two of them leaves rows and rules as safe as before. */
const STANDS_ALONE = / NOT VALID$| VALIDATE CONSTRAINT | USING INDEX | RENAME CONSTRAINT |^ALTER INDEX .* RENAME TO | SET NOT NULL$/;
const GOES_ALONG = / DROP CONSTRAINT |^DROP INDEX /;

function isOnline(group: readonly RepairStep[]): boolean {
  if (group.some(({ transaction }) => transaction === null)) return true;
  return group.some(({ sql }) => STANDS_ALONE.test(sql)) && group.every(({ sql }) => STANDS_ALONE.test(sql) || GOES_ALONG.test(sql));
}
