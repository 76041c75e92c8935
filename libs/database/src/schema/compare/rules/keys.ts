import type { FactValue } from '../../catalogue/fact.js';
import { attributeText } from '../texts.js';
import type { Difference } from '../difference.js';
import { chosen, type FindingRules, type FindingWords } from '../finding-words.js';

const WHAT = { p: 'primary key', u: 'unique key', f: 'foreign key', c: 'check', x: 'exclusion', n: 'not-null constraint', other: 'constraint' } as const;
type Type = keyof typeof WHAT;

/** From whichever side has the constraint. */
function typeOf(difference: Difference): Type {
  const type = attributeText(difference.fact.attributes['type'] ?? null);
  return isType(type) ? type : 'other';
}

function isType(type: string): type is Type {
  return type in WHAT;
}

/** The words for each type of constraint. */
function byType(wordsOf: (what: string, type: Type) => FindingWords): ReturnType<typeof chosen> {
  const of = (type: Type): FindingWords => wordsOf(WHAT[type], type);
  return chosen({ p: of('p'), u: of('u'), f: of('f'), c: of('c'), x: of('x'), n: of('n'), other: of('other') }, typeOf);
}

const missing = byType((what, type) => {
  const base = { code: 'CONSTRAINT_MISSING', driftClass: 'data', severity: 'error' } as const;
  if (type === 'f') return { ...base, explain: `The ${what} is not there: rows can point at nothing, or at a row of another tenant.` };
  if (type === 'p' || type === 'u')
    return {
      ...base,
      explain: `The ${what} is not there: the same thing can be stored twice, and what was found through its index is found by reading the whole table.`,
    };
  return { ...base, explain: `The ${what} is not there: values that it refused can be stored.` };
});

const changed = byType((what) => ({
  code: 'CONSTRAINT_CHANGED',
  driftClass: 'data',
  severity: 'error',
  explain: `The ${what} says something else than the migrations: it admits, refuses or cascades differently.`,
}));

const extra = byType((what) => ({
  code: 'CONSTRAINT_EXTRA',
  driftClass: 'data',
  severity: 'warning',
  explain: `No migration makes this ${what}. It can refuse what the services rightly write.`,
}));

function isUniqueIndex(definition: FactValue | undefined): boolean {
  return typeof definition === 'string' && definition.startsWith('CREATE UNIQUE ');
}

const uniqueOrPlain = ({ fact }: Difference): 'unique' | 'plain' => (isUniqueIndex(fact.attributes['def']) ? 'unique' : 'plain');

const missingIndex = chosen(
  {
    unique: { code: 'INDEX_MISSING', driftClass: 'data', severity: 'error', explain: 'The unique index is not there: the same thing can be stored twice.' },
    plain: {
      code: 'INDEX_MISSING',
      driftClass: 'performance',
      severity: 'warning',
      explain: 'Queries that rely on the index read the whole table instead.',
    },
  },
  uniqueOrPlain,
);

const extraIndex = chosen(
  {
    unique: {
      code: 'INDEX_EXTRA',
      driftClass: 'data',
      severity: 'warning',
      explain: 'No migration makes this unique index. It can refuse what the services rightly write.',
    },
    plain: { code: 'INDEX_EXTRA', driftClass: 'extra', severity: 'info', explain: 'No migration makes this index. It costs writes.' },
  },
  uniqueOrPlain,
);

const changedIndex = chosen(
  {
    unique: {
      code: 'INDEX_CHANGED',
      driftClass: 'data',
      severity: 'error',
      explain: 'The index is unique on one side only, or for other rows: the same thing can be stored twice, or is refused where it is right.',
    },
    plain: {
      code: 'INDEX_CHANGED',
      driftClass: 'performance',
      severity: 'warning',
      explain: 'The index covers other columns, another order, predicate or method: queries that rely on it may read the whole table.',
    },
  },
  (difference) => (difference.verb === 'changed' && [difference.expected, difference.actual].some(isUniqueIndex) ? 'unique' : 'plain'),
);

/** Constraints and indexes. */
export const keyRules: FindingRules = {
  'constraint.missing': missing,
  'constraint.extra': extra,
  'constraint.def': changed,
  'constraint.type': changed,
  'constraint.validated': {
    code: 'CONSTRAINT_NOT_VALIDATED',
    driftClass: 'data',
    severity: 'warning',
    explain: 'The constraint was never checked against the rows that were there: some may break it.',
  },
  'index.missing': missingIndex,
  'index.extra': extraIndex,
  'index.def': changedIndex,
  'index.valid': {
    code: 'INDEX_INVALID',
    driftClass: 'performance',
    severity: 'warning',
    explain: 'An index build was broken off: the index costs writes, serves no query, and a unique one does not guard old rows.',
  },
  'sequence.missing': { code: 'SEQUENCE_MISSING', driftClass: 'data', severity: 'error', explain: 'What takes numbers from the sequence fails.' },
  'sequence.extra': { code: 'SEQUENCE_EXTRA', driftClass: 'extra', severity: 'info', explain: 'No migration makes this sequence.' },
  'sequence.*': {
    code: 'SEQUENCE_CHANGED',
    driftClass: 'data',
    severity: 'warning',
    explain: 'The sequence counts differently than was decided: it can run out, start over or leave gaps.',
  },
  'sequence.owner': {
    code: 'OWNER_CHANGED',
    driftClass: 'security',
    severity: 'error',
    explain: 'The owner may alter the sequence and its grants. It must be app_owner.',
  },
};
