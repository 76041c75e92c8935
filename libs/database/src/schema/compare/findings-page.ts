import { findingCodes, type CodeUse, type UsualRepair } from './codes.js';
import { DRIFT_CLASSES, SEVERITIES, type DriftClass } from './finding.js';

/** Where the page is, from the root of the checkout. */
export const FINDINGS_FILE = 'docs/schema-findings.md';

const CLASSES: Readonly<Record<DriftClass, string>> = {
  security: 'Who may see or change what. Told first.',
  data: 'The rows: what may be stored, what is kept right, what is missing.',
  performance: 'How fast it answers, and whether services get in at all.',
  cosmetic: 'Words.',
  extra: 'What is there beside. It does no harm by being there.',
};

const REPAIRS: Readonly<Record<UsualRepair, string>> = {
  owner: '`schema:fix`',
  administrator: '`schema:fix` with an administrator (`DATABASE_ADMIN_URL`)',
  loses: '`schema:fix --destructive` with a receipt where values would be lost; else a migration that makes it, or accept it',
  person: 'by hand: what it is for decides',
  migration: '`migration:run`',
};

/** The whole text of docs/schema-findings.md. The same rules give the same text. */
export function renderFindings(): string {
  const codes = findingCodes();
  return `${INTRODUCTION}\n${DRIFT_CLASSES.map((driftClass) => sectionOf(driftClass, codes)).join('\n')}`;
}

const INTRODUCTION = `# Findings of the schema comparison

Made from the tables of rules (\`libs/database/src/schema/compare/rules\`, \`libs/database/src/schema/catalogue/own\`) by
\`npm run schema:docs\`; a test compares. Do not edit it by hand.

\`npm run schema:check\` compares a database with what the migrations make, and gives each difference a code. A code has one meaning and
stays; the object, what it should be and what it is stand beside it. Some codes appear in two classes: a unique index guards rows, a plain
one only makes queries fast. \`npm run schema:plan\` says what a repair locks, rewrites and loses, before anything is done.

## Exit codes

| code | \`schema:check\` | \`schema:plan\` | \`schema:doctor\` |
| --- | --- | --- | --- |
| 0 | the same, but for what the baseline accepts | nothing to repair | healthy |
| 1 | drift | something to repair | something is wrong |
| 2 | could not look: nothing is known | the same | nothing is known to be wrong, but something could not be looked at |

## Accepting drift

Drift that shall stay is written into the baseline (\`SCHEMA_BASELINE\`, default \`schema-baseline.json\`), with a reason. Only new drift
fails from then on:

\`\`\`sh
npm run schema:check -- --json          # shows the key of each finding
npm run schema:check -- --accept 'index:app.ix_run_by_hand' --reason 'asked for by support, until 4.2'
\`\`\`

An entry holds for exactly this difference: when the same object differs in another way, that is new drift. Entries that match nothing any
more are named by \`schema:check\`, and dropped by the next \`--accept\`. Commit the file.
`;

function sectionOf(driftClass: DriftClass, codes: ReadonlyMap<string, readonly CodeUse[]>): string {
  const rows = [...codes].flatMap(([code, uses]) => {
    const here = uses.filter(({ words }) => words.driftClass === driftClass);
    return here.length === 0 ? [] : [rowOf(code, here)];
  });
  return `## ${driftClass}\n\n${CLASSES[driftClass]}\n\n| code | severity | meaning | usual repair |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function rowOf(code: string, uses: readonly CodeUse[]): string {
  const severities = SEVERITIES.filter((severity) => uses.some(({ words }) => words.severity === severity));
  const meanings = inFewWords([...new Set(uses.map(({ words }) => words.explain))]);
  const repairs = [...new Set(uses.map(({ repair }) => REPAIRS[repair]))];
  return `| \`${code}\` | ${severities.join(', ')} | ${cell(meanings.join(' · '))} | ${repairs.join('; ')} |`;
}

const LONGEST_DIFFERENCE = 3;
const SHORTEST_COMMON = 6;

/** Sentences that differ in a few words are told as one: `No migration makes this check / foreign key. …` */
function inFewWords(sentences: readonly string[]): string[] {
  const groups: string[][][] = [];
  for (const sentence of sentences) {
    const words = sentence.split(' ');
    const group = groups.find((one) => areAlike([...one, words]));
    if (group === undefined) groups.push([words]);
    else group.push(words);
  }
  return groups.map(told);
}

function areAlike(group: readonly (readonly string[])[]): boolean {
  const { start, end } = common(group);
  return start + end >= SHORTEST_COMMON && group.every((words) => words.length - start - end <= LONGEST_DIFFERENCE);
}

function told(group: readonly (readonly string[])[]): string {
  const [first = []] = group;
  if (group.length === 1) return first.join(' ');
  const { start, end } = common(group);
  const middles = group.map((words) => words.slice(start, words.length - end).join(' '));
  const sentenceEnds = middles.every((middle) => middle.endsWith('.'));
  const said = sentenceEnds ? `${middles.map((middle) => middle.slice(0, -1)).join(' / ')}.` : middles.join(' / ');
  return [...first.slice(0, start), said, ...first.slice(first.length - end)].join(' ');
}

/** How many words all of them begin and end with. */
function common(group: readonly (readonly string[])[]): { start: number; end: number } {
  const [first = []] = group;
  const shortest = Math.min(...group.map(({ length }) => length));
  let start = 0;
  while (start < shortest && group.every((words) => words[start] === first[start])) start += 1;
  let end = 0;
  while (end < shortest - start && group.every((words) => words.at(-1 - end) === first.at(-1 - end))) end += 1;
  return { start, end };
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
