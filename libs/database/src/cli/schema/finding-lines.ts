import type { SchemaFinding, SchemaReport } from '../../schema/compare/finding.js';
import type { Colours } from './colours.js';

const LONGEST_VALUE = 400;
const WIDTH = 100;
const INDENT = '    ';

/** A report for people: each object, what it should be, what it is, and what would repair it. */
export function reportLines(report: Exclude<SchemaReport, { outcome: 'could-not-look' }>, colours: Colours): string[] {
  const { findings, accepted, obsolete, head, serverVersion, source, tookMs } = report;
  const against = source === 'snapshot' ? 'the committed snapshot' : 'what the migrations make';
  const where = colours.dim(`PostgreSQL ${serverVersion}, compared with ${against} at ${head || 'no migration'}, in ${tookMs} ms`);
  return [
    ...findings.flatMap((finding) => [...findingLines(finding, colours), '']),
    ...(accepted.length === 0 ? [] : [colours.dim(`${accepted.length} accepted in the baseline are not shown.`)]),
    ...obsolete.map((identity) => colours.dim(`The baseline accepts "${identity}", which is no longer there: take it out.`)),
    findings.length === 0 ? colours.good('No drift: the schema is what the migrations make.') : colours.bad(summaryOf(findings)),
    where,
  ];
}

function summaryOf(findings: readonly SchemaFinding[]): string {
  const classes = new Map<string, number>();
  for (const { driftClass } of findings) classes.set(driftClass, (classes.get(driftClass) ?? 0) + 1);
  const parts = [...classes].map(([name, count]) => `${count} ${name}`).join(', ');
  return `${findings.length} ${findings.length === 1 ? 'difference' : 'differences'} (${parts}). npm run schema:plan says how to repair, npm run schema:fix does.`;
}

export function findingLines(finding: SchemaFinding, colours: Colours): string[] {
  const { severity, driftClass, code, object, attribute, expected, actual, explanation, repair } = finding;
  const paint = severity === 'error' ? colours.bad : severity === 'warning' ? colours.warn : colours.dim;
  return [
    `${paint(driftClass.padEnd(11))} ${colours.strong(`${object.kind} ${object.name}`)}${attribute === undefined ? '' : ` (${attribute})`}  ${colours.dim(code)}`,
    ...wrap(explanation).map((line) => `${INDENT}${line}`),
    ...value('should be', expected),
    ...value('is', actual),
    ...(repair.length === 0 ? [`${INDENT}${colours.dim('repair    by hand')}`] : repair.flatMap((sql) => value('repair', sql, colours.dim))),
  ];
}

function value(label: string, text: string | null, paint: (text: string) => string = (same) => same): string[] {
  const shown = text ?? 'absent';
  const cut = shown.length > LONGEST_VALUE ? `${shown.slice(0, LONGEST_VALUE)} …` : shown;
  return cut.split('\n').map((line, index) => `${INDENT}${paint(`${(index === 0 ? label : '').padEnd(10)}${line}`)}`);
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
