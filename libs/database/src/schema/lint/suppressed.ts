import type { LintFinding, StatementPlace } from './finding.js';
import { RULES } from './rules/index.js';
import type { RecordedStatement } from './rules/rule.js';
import { SQUAWK_RULES } from './squawk/squawk-rules.js';
import { suppressionsIn, type Suppression } from './suppressions.js';

/** The rule about suppressions themselves; it cannot be suppressed. */
export const SUPPRESSION_RULE = 'suppression';
/** Ids beside those of rules that a migration may suppress: what parts of the check say of a statement. */
export const OTHER_IDS: readonly string[] = ['old-entities'];

export interface Located {
  readonly statement: RecordedStatement | undefined;
  readonly finding: LintFinding;
}

export interface Suppressed {
  readonly findings: readonly LintFinding[];
  readonly suppressed: readonly (LintFinding & { readonly reason: string })[];
}

/** Takes away what the statements' comments allow, and adds what is wrong with the comments: unknown rule, no reason, nothing to allow. */
export function applySuppressions(statements: readonly RecordedStatement[], places: readonly StatementPlace[], located: readonly Located[]): Suppressed {
  const suppressions = suppressionsIn(statements);
  const used = new Set<Suppression>();
  const findings: LintFinding[] = [];
  const suppressed: (LintFinding & { readonly reason: string })[] = [];
  for (const { statement, finding } of located) {
    const suppression = suppressions.find((each) => each.rule === finding.rule && each.reason !== undefined && each.statement.index === statement?.index);
    if (suppression?.reason === undefined) findings.push(finding);
    else {
      used.add(suppression);
      suppressed.push({ ...finding, reason: suppression.reason });
    }
  }
  const wrong = suppressions.flatMap((each) => problemOf(each, used.has(each)).map((says) => suppressionFinding(each, says, places)));
  return { findings: [...findings, ...wrong, ...squawkComments(statements, places)], suppressed };
}

function problemOf({ rule, reason, comment }: Suppression, used: boolean): string[] {
  if (rule === undefined) return [`"${comment}" cannot be read.`];
  if (!isKnown(rule)) return [`There is no rule "${rule}".`];
  if (reason === undefined) return [`"${comment}" gives no reason.`];
  // What those parts say is known only after the statements were judged; the check itself asks whether it was needed.
  return used || OTHER_IDS.includes(rule) ? [] : [`"${rule}" has nothing to say about this statement.`];
}

function isKnown(id: string): boolean {
  return RULES.some((rule) => rule.id === id) || SQUAWK_RULES.some((rule) => `squawk/${rule}` === id) || OTHER_IDS.includes(id);
}

function suppressionFinding({ statement, comment }: Suppression, says: string, places: readonly StatementPlace[]): LintFinding {
  return finding(
    comment,
    says,
    'Write -- plinth:allow <rule>: <reason, three words or more> in the statement that the rule speaks of, or remove it.',
    places[statement.index],
  );
}

/** squawk's own comments carry no reason, so they are no way past the gate. */
function squawkComments(statements: readonly RecordedStatement[], places: readonly StatementPlace[]): LintFinding[] {
  return statements
    .filter(({ text }) => /squawk-ignore/.test(text))
    .map(({ index }) => finding('squawk-ignore', 'squawk-ignore gives no reason.', 'Write -- plinth:allow squawk/<rule>: <reason> instead.', places[index]));
}

function finding(object: string, says: string, mend: string, at: StatementPlace | undefined): LintFinding {
  return { rule: SUPPRESSION_RULE, severity: 'error', object, says, mend, page: 'docs/schema-rules/README.md', ...(at === undefined ? {} : { at }) };
}
