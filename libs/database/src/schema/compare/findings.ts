import { createHash } from 'node:crypto';
import type { FactValue, SchemaFact } from '../catalogue/fact.js';
import { OWN_FACT_KINDS } from '../catalogue/own/kinds.js';
import type { Difference } from './difference.js';
import { canonical } from './differences.js';
import type { FindingRules, FindingWords } from './finding-words.js';
import type { SchemaFinding } from './finding.js';
import { codeRules } from './rules/code.js';
import { keyRules } from './rules/keys.js';
import { securityRules } from './rules/security.js';
import { tableRules } from './rules/tables.js';
import { factText } from './texts.js';
import { valueText } from './value-text.js';

/** What is said of each difference, by its place: `policy.usingExpr`. */
export const RULES: FindingRules = {
  ...tableRules,
  ...keyRules,
  ...securityRules,
  ...codeRules,
  ...Object.fromEntries(OWN_FACT_KINDS.flatMap((kind) => Object.entries(kind.findings))),
};

/** For what no rule speaks of: never silent. */
export const OTHERWISE: FindingWords = {
  code: 'OTHER_DIFFERENCE',
  driftClass: 'data',
  severity: 'warning',
  explain: 'This differs from what the migrations make.',
};

/** For what no rule speaks of, and no migration makes. */
export const OTHERWISE_EXTRA: FindingWords = { code: 'OBJECT_EXTRA', driftClass: 'extra', severity: 'info', explain: 'No migration makes this.' };

/** The place of a difference in the table of rules: `policy.usingExpr`, `table.missing`. */
export function ruleKeyOf(difference: Difference): string {
  return `${difference.fact.kind}.${difference.verb === 'changed' ? difference.attribute : difference.verb}`;
}

function wordsOf(difference: Difference): FindingWords {
  const rule = RULES[ruleKeyOf(difference)] ?? RULES[`${difference.fact.kind}.*`] ?? (difference.verb === 'extra' ? OTHERWISE_EXTRA : OTHERWISE);
  return 'among' in rule ? rule.choose(difference) : rule;
}

/**
 * One difference in words. `repair` are the statements that would mend it; `contents` is what belongs to a thing that is missing or extra,
 * and is not told apart.
 */
export function findingOf(difference: Difference, repair: readonly string[], contents: readonly SchemaFact[] = []): SchemaFinding {
  const { fact } = difference;
  const { code, driftClass, severity, explain } = wordsOf(difference);
  const sides = sidesOf(difference);
  return {
    code,
    driftClass,
    severity,
    object: { kind: fact.kind, name: fact.name, ...(fact.table === undefined ? {} : { table: fact.table }) },
    ...(difference.verb === 'changed' ? { attribute: difference.attribute } : {}),
    ...sides,
    explanation: explain,
    repair,
    key: fact.key,
    identity: identityOf(difference, code, contents),
  };
}

function sidesOf(difference: Difference): Pick<SchemaFinding, 'expected' | 'actual'> {
  if (difference.verb === 'missing') return { expected: factText(difference.fact), actual: null };
  if (difference.verb === 'extra') return { expected: null, actual: factText(difference.fact) };
  const text = (value: FactValue): string => valueText(difference.fact.kind, difference.attribute, value);
  return { expected: text(difference.expected), actual: text(difference.actual) };
}

/** The same as long as the same thing differs in the same way: another change of the same object, or of what belongs to it, is new drift. */
function identityOf(difference: Difference, code: string, contents: readonly SchemaFact[]): string {
  const within = contents.map(({ key, attributes }): FactValue => [key, attributes]);
  const state: FactValue[] = difference.verb === 'changed' ? [difference.expected, difference.actual] : [difference.fact.attributes, ...within];
  const hash = createHash('sha256').update(canonical(state)).digest('hex').slice(0, 12);
  return `${code} ${difference.fact.key} ${hash}`;
}
