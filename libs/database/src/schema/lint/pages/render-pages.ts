import { ACCEPTED } from '../accepted.js';
import { GIVEN } from '../rules/examples.js';
import { RULES } from '../rules/index.js';
import type { Example, Rule } from '../rules/rule.js';
import { SQUAWK_OFF, SQUAWK_RULES } from '../squawk/squawk-rules.js';

/** Where the pages are, from the root of the repository. */
export const PAGES_FOLDER = 'docs/schema-rules';

/** File name → text, of every page: one for each rule, and README.md. They are made from the rules' own files. */
export function renderPages(): ReadonlyMap<string, string> {
  return new Map([['README.md', renderReadme()], ...RULES.map((rule): [string, string] => [`${rule.id}.md`, renderPage(rule)])]);
}

function renderPage(rule: Rule): string {
  return `# ${rule.id}

${rule.title}.

**Why.** ${rule.why}

**Instead.** ${sentence(rule.mend)}

${asked(rule)}

## Red

${given(rule.red)}${sql(rule.red)}

## Green

${given(rule.green)}${sql(rule.green)}

## Where it must be so all the same

${suppression(rule)}
`;
}

function asked({ looksAt }: Rule): string {
  return looksAt === 'catalogue'
    ? 'Asked by `npm run migration:check` of the catalogue after each new migration, and by `npm run schema:lint` of the live one.'
    : 'Asked by `npm run migration:check` of the statements of each new migration, as PostgreSQL parses them.';
}

/** The usual table is described in README.md; what an example adds to it stands here. */
function given(example: Example): string {
  if (example.given === undefined || example.given === GIVEN) return '';
  const further = example.given.startsWith(GIVEN) ? example.given.slice(GIVEN.length).replace(/^;\n/, '') : example.given;
  return `Given, beside the table \`note\` of [README](README.md):\n\n\`\`\`sql\n${further};\n\`\`\`\n\n`;
}

function sql({ sql: text }: Example): string {
  return `\`\`\`sql\n${text};\n\`\`\``;
}

function suppression({ id, looksAt }: Rule): string {
  const comment = `In the SQL of the statement, with a reason of three words or more:\n\n\`\`\`sql\n-- plinth:allow ${id}: <reason>\n\`\`\``;
  if (looksAt === 'statements') return comment;
  return `${comment}\n\nThe live catalogue holds no comments of migrations: add the object, with the reason, to \`libs/database/src/schema/lint/accepted.ts\` as well.`;
}

function renderReadme(): string {
  return `# The rules of the schema

What \`npm run migration:check\` asks of every new migration, and \`npm run schema:lint\` of a live database. Each rule is one file in
\`libs/database/src/schema/lint/rules\`, which holds its reason, its examples and its check; these pages are made from those files
(\`npm run schema:lint -- --pages\`), and a test runs every example on a real PostgreSQL.

| rule | what it asks |
| --- | --- |
${RULES.map(({ id, title }) => `| [${id}](${id}.md) | ${cell(title)} |`).join('\n')}

## The gate

\`npm run migration:check\` answers five questions, each on scratch databases of the embedded server. New is what the main branch does
not have; \`--all\` and \`--since <ref>\` choose otherwise, and outside of git every migration is new.

| question | how |
| --- | --- |
| entities | what the entities declare is what the migrations make |
| lint | each new migration runs under a recording query runner; its statements and the catalogue before and after it are asked these rules and squawk's |
| snapshot | the committed snapshot of the schema is what the migrations make |
| round-trip | up, down and up leave the same catalogue, and down leaves what was before |
| old-entities | what the entities of the merge base read, insert and update as each role, they still can on the new schema: a replica of the last release works through the roll-out |

Exit code 0: all held. 1: something was found. 2: nothing was found, but a question could not be looked at, which is no answer.

The commit hook asks the same when entities or migrations are staged, of what is staged. It stops its clock at 4.5 seconds and says what
it left to CI. \`git commit --no-verify\` passes by it; CI asks again.

## Where a rule must give way

A comment in the SQL of the statement that the rule speaks of:

\`\`\`sql
-- plinth:allow index-concurrently: the table is created empty by the release before this one
create index ix_note_title on app.note (org_id, title);
\`\`\`

The rule's id, a colon, and a reason of three words or more. An unknown id, a missing reason and a comment that nothing needs are findings
themselves (\`suppression\`). squawk's rules are named \`squawk/<rule>\`; its own \`squawk-ignore\` is refused, since it gives no reason.
\`old-entities\` is allowed in a statement that names the table. A rule about the catalogue needs its line in
\`libs/database/src/schema/lint/accepted.ts\` as well, since a live database holds no comments of migrations.

Accepted today:

| rule | object | reason |
| --- | --- | --- |
${ACCEPTED.map(({ rule, object, reason }) => `| ${rule} | ${object} | ${cell(reason)} |`).join('\n')}

## squawk

Its rules that are asked (2.61.0): ${SQUAWK_RULES.map((rule) => `\`${rule}\``).join(', ')}. Where its program is not installed, the
question could not be looked at (exit code 2). Those that are not asked:

| rule of squawk | why not |
| --- | --- |
${Object.entries(SQUAWK_OFF)
  .map(([rule, reason]) => `| ${rule} | ${cell(reason)} |`)
  .join('\n')}

## The table of the examples

What stands before each example, beside the schema of the migrations:

\`\`\`sql
${GIVEN};
\`\`\`
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function sentence(text: string): string {
  const isCode = /^[a-z]/.test(text) && !text.endsWith('.');
  return isCode ? `\`${text.replaceAll('`', '')}\`` : text;
}
