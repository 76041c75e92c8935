import type { Statement } from '../statements.js';
import { formatSql } from './format-sql.js';
import { effectsOf } from './header.js';

export interface MigrationSource {
  /** As it was asked for: `add-note`. */
  readonly name: string;
  readonly className: string;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
  readonly transactional: boolean;
  readonly up: readonly Statement[];
  readonly down: readonly Statement[];
}

/** What a sharded database asks for where tables, keys or triggers are made. */
const NEEDS_SETTINGS = /^CREATE TABLE |^DROP TABLE | ADD CONSTRAINT |^CREATE (OR REPLACE )?TRIGGER /;
const SETTINGS = `/** Each alone: a sharded database forwards a SET inside a longer message to its workers as it stands. They mean nothing elsewhere. */
const FOR_SHARDED_DATABASES = [
  "set local citus.multi_shard_modify_mode = 'sequential'",
  'set local citus.enable_unsafe_triggers = on',
  'set local citus.enable_local_reference_table_foreign_keys = off',
];
`;

/** The TypeScript of one migration, as prettier leaves it. */
export function renderMigration(source: MigrationSource): string {
  const { className, transactional, up, down } = source;
  const needsSettings = (statements: readonly Statement[]): boolean => transactional && statements.some(({ sql }) => NEEDS_SETTINGS.test(sql));
  const settings = [up, down].some(needsSettings);
  const [upward, downward] = [sectionsOf('UP', up), sectionsOf('DOWN', down)];
  const fills = up.some((statement) => statement.fills !== null);
  return [
    `import type { MigrationInterface, QueryRunner } from 'typeorm';`,
    ...(fills ? [`import { changeRowsInBatches } from './steps/change-rows.js';`] : []),
    '',
    headerOf(source),
    ...(settings ? [SETTINGS] : []),
    ...[...upward, ...downward].map(({ constant }) => `${constant}\n`),
    `export class ${className} implements MigrationInterface {`,
    `  readonly name = '${className}';`,
    ...(transactional
      ? []
      : ['', '  /** Each statement is a transaction of its own; a run that was stopped goes on at the next one. */', '  readonly transaction = false;']),
    '',
    method('up', upward, needsSettings(up)),
    '',
    method('down', downward, needsSettings(down)),
    '}\n',
  ].join('\n');
}

/** Statements that run one after the other, or one that changes rows. */
interface Section {
  readonly constant: string;
  readonly call: string;
}

function sectionsOf(name: string, statements: readonly Statement[]): Section[] {
  const groups: Statement[][] = [];
  for (const statement of statements) {
    const last = groups.at(-1);
    if (last === undefined || statement.fills !== null || last.some(({ fills }) => fills !== null)) groups.push([statement]);
    else last.push(statement);
  }
  return (groups.length === 0 ? [[]] : groups).map((group, place) => sectionOf(groups.length > 1 ? `${name}_${place + 1}` : name, group));
}

function sectionOf(name: string, group: readonly Statement[]): Section {
  const [first] = group;
  if (first === undefined || first.fills === null) {
    return { constant: `const ${name}: readonly string[] = ${listOf(group)};`, call: `for (const statement of ${name}) await runner.query(statement);` };
  }
  const facts = `what: 'fill ${first.fills}', sql: ${name}, tables: ['app.${first.table ?? ''}'], mayChangeNone: 'a table without rows'`;
  return { constant: `const ${name} = ${literal(first.sql)};`, call: `await changeRowsInBatches(runner, { ${facts} });` };
}

function headerOf({ name, part, parts, transactional, up, down }: MigrationSource): string {
  const way = transactional ? 'one transaction' : 'each statement its own transaction';
  const lines = [
    `Made of the entities by \`npm run migration:generate -- ${name}\`${parts === 1 ? '' : `, part ${part} of ${parts}`}; frozen from then on.`,
    '',
    `up, ${way}:`,
    ...effectsOf(up).map(indented),
    '',
    `down, ${way}:`,
    ...effectsOf(down).map(indented),
  ];
  return `/*\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

function indented(line: string): string {
  return `  ${line}`;
}

function listOf(statements: readonly Statement[]): string {
  if (statements.length === 0) return '[]';
  const entries = statements.map(({ sql, loses, remark }) => {
    const notes = [...(loses === null ? [] : [`Loses ${loses}.`]), ...(remark === null ? [] : [remark])];
    return [...notes.map((note) => `  // ${note}`), `  ${literal(formatSql(sql, '  '))},`].join('\n');
  });
  return `[\n${entries.join('\n')}\n]`;
}

function literal(sql: string): string {
  return `\`${sql.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``;
}

function method(direction: 'up' | 'down', sections: readonly Section[], settings: boolean): string {
  return [
    `  async ${direction}(runner: QueryRunner): Promise<void> {`,
    ...(settings ? ['    for (const statement of FOR_SHARDED_DATABASES) await runner.query(statement);'] : []),
    ...sections.map(({ call }) => `    ${call}`),
    '  }',
  ].join('\n');
}
