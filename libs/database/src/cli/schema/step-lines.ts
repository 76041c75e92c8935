import type { RepairPlan, RepairStep } from '../../schema/plan/repair-step.js';
import type { Colours } from './colours.js';

/** A plan for people: what runs together, and what each step locks, rewrites and loses. */
export function planLines({ steps, manual }: RepairPlan, colours: Colours): string[] {
  if (steps.length === 0 && manual.length === 0) return [colours.good('Nothing to repair.')];
  return [
    ...steps.flatMap((step, place) => [...transactionLine(step, steps[place - 1], colours), ...stepLines(step, colours)]),
    ...(manual.length === 0 ? [] : ['', colours.warn('Left to a person, or to a flag (--destructive, --admin-url):'), ...manual.map((key) => `  ${key}`)]),
  ];
}

function transactionLine(step: RepairStep, before: RepairStep | undefined, colours: Colours): string[] {
  if (before !== undefined && before.transaction === step.transaction && step.transaction !== null && before.administrator === step.administrator) return [];
  const who = step.administrator ? ', as administrator' : '';
  return [colours.strong(step.transaction === null ? `outside a transaction${who}` : `transaction ${step.transaction}${who}`)];
}

function stepLines({ number, sql, lock, table, rewrite, loses, rehearsed }: RepairStep, colours: Colours): string[] {
  const facts = [
    lock === 'NONE' ? 'locks no table in use' : `${lock}${table === null ? '' : ` on ${table}`}`,
    rewrite ? 'rewrites every row' : 'no rewrite',
    loses === null ? 'loses nothing' : `LOSES ${loses}`,
    ...(rehearsed === false ? ['not rehearsed'] : []),
  ];
  const paint = loses === null ? colours.dim : colours.bad;
  const [first = '', ...rest] = sql.split('\n');
  return [`${String(number).padStart(4)}  ${first}`, ...rest.map((line) => `      ${line}`), `      ${paint(facts.join('; '))}`];
}
