import type { AreaFacts, ColumnFacts, TableFacts } from '../facts/table-facts.js';
import { accessTable, CLASSES, policyLines } from '../present/access.js';
import { closedSetOf, isPrimary, keyLines, referenceOf } from '../present/keys.js';
import { relationsOf } from '../present/relations.js';
import { mermaidDiagram } from './mermaid.js';
import { code, page, table } from './text.js';

/** The page of one area. @param areaOf the folder of the area that a table belongs to */
export function areaPage(area: AreaFacts, areaOf: (table: string) => string): string {
  const link = (name: string): string => `[${code(name)}](${areaOf(name) === area.folder ? '' : `${areaOf(name)}.md`}#${name})`;
  const { withoutOrganization } = relationsOf(area);
  return page([
    `# ${area.title}`,
    '',
    area.about,
    '',
    ...mermaidDiagram(area),
    '',
    ...(withoutOrganization ? [`Left out: the reference of every tenant's table to ${link('organization')} by its org_id.`, ''] : []),
    ...area.tables.flatMap((one) => tableSection(one, link)),
    '[All areas](README.md)',
  ]);
}

function tableSection(facts: TableFacts, link: (table: string) => string): string[] {
  const { title, meaning } = CLASSES[facts.tenancyClass];
  const access = accessTable(facts);
  const security = facts.rowSecurity === 'forced' ? 'Row security is enabled and forced.' : `Row security is ${facts.rowSecurity}.`;
  return [
    `## ${code(facts.name)}`,
    '',
    facts.comment,
    '',
    `Class **${facts.tenancyClass}** (${title}). ${meaning} ${security} Entity [${code(facts.entity)}](../../${facts.source}).`,
    '',
    ...table(
      ['column', 'type', 'null', 'default', 'what it says'],
      facts.columns.map((column) => [
        isPrimary(facts, column.name) ? `**${code(column.name)}**` : code(column.name),
        column.type,
        column.required ? '' : 'null',
        column.identity ? 'identity' : code(column.default ?? ''),
        meaningOf(facts, column, link),
      ]),
    ),
    ...table(
      ['key or index', 'kind', 'of'],
      keyLines(facts).map(({ name, kind, text }) => [code(name), kind, code(text)]),
    ),
    ...table(
      ['policy', 'for', 'role', 'rows that are there', 'rows it may leave'],
      policyLines(facts).map(({ name, command, role, rows, leaves }) => [code(name), command, role, sqlCell(rows), sqlCell(leaves)]),
    ),
    ...table(
      ['granted to', ...access.commands],
      access.rows.map(({ role, cells }) => [role, ...cells]),
    ),
    ...table(
      ['trigger', 'when', 'calls'],
      facts.triggers.map(({ name, when, call }) => [code(name), when, code(call)]),
    ),
  ];
}

function sqlCell(text: string): string {
  return text === 'every row' ? text : code(text);
}

function meaningOf(facts: TableFacts, { name, comment }: ColumnFacts, link: (table: string) => string): string {
  const values = closedSetOf(facts, name);
  const reference = referenceOf(facts, name);
  const oneOf = values === undefined ? '' : `One of ${values.map(code).join(', ')}.`;
  return [comment, oneOf, reference === undefined ? '' : `→ ${link(reference.target)}`].filter(Boolean).join(' ');
}
