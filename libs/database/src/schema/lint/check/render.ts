import type { LintFinding } from '../finding.js';
import type { CheckReport, PartOutcome, PartReport } from './part.js';

const MARKS: Readonly<Record<PartOutcome, string>> = { held: 'held     ', found: 'FOUND    ', unknown: 'UNKNOWN  ', left: 'left     ' };

/** The report of a check for people, a text of several lines. */
export function renderCheck({ parts, migrations, because, milliseconds }: CheckReport): string {
  const what = migrations.length === 0 ? 'No new migration' : `New: ${migrations.join(', ')}`;
  return [`${what} (${because}).`, ...parts.flatMap(renderPart), `${seconds(milliseconds)} in all.`].join('\n');
}

function renderPart({ asks, outcome, lookedAt, milliseconds, reason, findings, suppressed = [] }: PartReport): string[] {
  const how = outcome === 'left' ? 'left to CI' : `${lookedAt}, ${seconds(milliseconds)}`;
  return [
    `${MARKS[outcome]}${asks} ${how}`,
    ...(reason === undefined ? [] : [`         ${reason}`]),
    ...renderFindings(findings),
    ...suppressed.map(({ rule, object, reason: why }) => `         allowed: ${rule} for ${object}, because: ${why}`),
  ];
}

/** Findings about no statement that are mended alike stand together, with the mend once. */
function renderFindings(findings: readonly LintFinding[]): string[] {
  const alike = new Map<string, LintFinding[]>();
  for (const finding of findings.filter(({ at }) => at === undefined)) alike.set(finding.mend, [...(alike.get(finding.mend) ?? []), finding]);
  const groups = [...alike].map(([mend, [first, ...rest]]) =>
    first === undefined
      ? ''
      : [`  ${first.severity} ${first.rule}:`, ...[first, ...rest].map(({ says }) => `    ${says}`), `    ${mend}`, `    ${first.page}`].join('\n'),
  );
  return [...groups, ...findings.filter(({ at }) => at !== undefined).map(renderFinding)];
}

/** One finding: what, where, what to do, which page. */
export function renderFinding({ rule, severity, object, says, mend, page, at }: LintFinding): string {
  const where =
    at === undefined
      ? []
      : [at.source ?? `${at.migration}${at.statement === 0 ? '' : `, statement ${at.statement}`}`, ...(at.sql === '' ? [] : [firstLine(at.sql)])];
  return [`  ${severity} ${rule}: ${object}`, `    ${says}`, ...where.map((line) => `    at ${line}`), `    ${mend}`, `    ${page}`].join('\n');
}

function firstLine(sql: string): string {
  const [line = ''] = sql.split('\n').filter((each) => !each.trimStart().startsWith('--'));
  return line.length > 140 ? `${line.slice(0, 140)} …` : line;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
