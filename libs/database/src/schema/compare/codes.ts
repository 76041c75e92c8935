import { OWN_FACT_KINDS } from '../catalogue/own/kinds.js';
import { wordsOfRule, type FindingWords } from './finding-words.js';
import { OTHERWISE, OTHERWISE_EXTRA, RULES } from './findings.js';
import { PENDING } from './pending.js';

/** One way in which a code is said: of what, and with which words. */
export interface CodeUse {
  /** The place in the table of rules, such as `policy.usingExpr`; `otherwise` for what no rule speaks of. */
  readonly rule: string;
  readonly words: FindingWords;
  /** Whether a statement repairs it, and who runs it. */
  readonly repair: UsualRepair;
}

export type UsualRepair = 'owner' | 'administrator' | 'loses' | 'person' | 'migration';

/** By kind of object: what is extra of it holds rows or values, which are lost with it. */
const HOLDS_VALUES = new Set(['table.extra', 'column.extra', 'sequence.extra', 'materializedView.extra', 'column.type']);

/** What a repair of these alters belongs to the server or the database, and not to app_owner. */
const OF_THE_SERVER = new Set([
  'role',
  'membership',
  'setting',
  'parameter-grant',
  'opened-function',
  'withheld-function',
  'database-grant',
  'database-grant-withheld',
  'schema-grant',
  'foreign-default-privilege',
  'eventTrigger',
  'publication',
  'subscription',
]);

/** Every code that a comparison may give, with all of its uses; sorted by code. */
export function findingCodes(): ReadonlyMap<string, readonly CodeUse[]> {
  const uses = [
    ...Object.entries(RULES).flatMap(([rule, said]) => wordsOfRule(said).map((words): CodeUse => ({ rule, words, repair: usualRepair(rule) }))),
    { rule: 'otherwise', words: OTHERWISE, repair: 'owner' } satisfies CodeUse,
    { rule: 'otherwise', words: OTHERWISE_EXTRA, repair: 'person' } satisfies CodeUse,
    { rule: 'migration.missing', words: PENDING, repair: 'migration' } satisfies CodeUse,
  ];
  const codes = [...new Set(uses.map(({ words }) => words.code))].sort();
  return new Map(codes.map((code) => [code, uses.filter(({ words }) => words.code === code)]));
}

function usualRepair(rule: string): UsualRepair {
  const [kind = ''] = rule.split('.');
  const own = OWN_FACT_KINDS.find(({ findings }) => rule in findings);
  // A part of what the library reads can be repaired with it, where the kind of our own names no statement.
  if (own !== undefined && own.repairs[rule] === undefined) return 'person';
  if (HOLDS_VALUES.has(rule)) return 'loses';
  // What belongs to somebody else is not app_owner's to take back.
  return OF_THE_SERVER.has(kind) || rule.endsWith('.owner') ? 'administrator' : 'owner';
}
