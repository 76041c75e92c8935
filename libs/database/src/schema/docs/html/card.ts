import type { ColumnFacts, TableFacts } from '../facts/table-facts.js';
import { accessTable, CLASSES, policyLines } from '../present/access.js';
import { closedSetOf, isPrimary, keyLines, referenceOf } from '../present/keys.js';
import { escaped, prose } from './escape.js';

/** The card of one table. Its id is what diagrams, references and the navigation link to. */
export function card(table: TableFacts): string {
  const { title, meaning } = CLASSES[table.tenancyClass];
  const access = accessTable(table);
  const security = table.rowSecurity === 'forced' ? 'Row security is forced.' : `Row security is ${table.rowSecurity}.`;
  return [
    `<article class="card" id="t-${table.name}" data-table="${table.name}">`,
    `<header><h3><a href="#t-${table.name}">${table.name}</a></h3>`,
    `<span class="badge class-${table.tenancyClass}" title="${escaped(meaning)}">${table.tenancyClass} · ${title}</span>`,
    `<code class="entity" title="${escaped(table.source)}">${escaped(table.entity)}</code></header>`,
    `<p class="comment">${prose(table.comment)}</p>`,
    columnTable(table),
    section(
      'Keys and indexes',
      ['name', 'kind', 'of'],
      keyLines(table).map(({ name, kind, text, target }) => [codeOf(name), kind, target === undefined ? codeOf(text) : linked(text, target)]),
    ),
    section(
      'Row security',
      ['policy', 'for', 'role', 'rows that are there', 'rows it may leave'],
      policyLines(table).map(({ name, command, role, rows, leaves }) => [codeOf(name), command, codeOf(role), sql(rows), sql(leaves)]),
      `${meaning} ${security}`,
    ),
    section(
      'Grants',
      ['role', ...access.commands],
      access.rows.map(({ role, cells }) => [codeOf(role), ...cells.map(grant)]),
    ),
    section(
      'Triggers',
      ['name', 'when', 'calls'],
      table.triggers.map(({ name, when, call }) => [codeOf(name), escaped(when), codeOf(call)]),
    ),
    '</article>',
  ].join('\n');
}

function columnTable(table: TableFacts): string {
  const rows = table.columns.map((column) => columnRow(table, column));
  return `<div class="wide"><table class="columns"><thead><tr><th>column</th><th>type</th><th>default</th><th>what it says</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function columnRow(table: TableFacts, { name, type, required, identity, comment, ...column }: ColumnFacts): string {
  const primary = isPrimary(table, name) ? '<span class="mark key" title="part of the primary key">key</span>' : '';
  const nullable = required ? '' : ' <span class="null" title="may be null">null</span>';
  const standard = identity ? 'identity' : column.default === null ? '' : codeOf(column.default);
  const reference = referenceOf(table, name);
  const values = closedSetOf(table, name)?.map((value) => `<code class="value">${escaped(value.slice(1, -1))}</code>`);
  const extras = [values?.join(' '), reference === undefined ? undefined : linked(`→ ${reference.target}`, reference.target)].filter(
    (extra) => extra !== undefined,
  );
  const more = extras.map((extra) => `<div class="extra">${extra}</div>`).join('');
  return `<tr><td><code>${name}</code>${primary}</td><td><code class="type">${escaped(type)}</code>${nullable}</td><td>${standard}</td><td>${prose(comment)}${more}</td></tr>`;
}

/** A part that is opened by a click; nothing where there are no rows. */
export function section(title: string, heads: readonly string[], rows: readonly (readonly string[])[], about = ''): string {
  if (rows.length === 0) return '';
  const head = heads.map((text) => `<th>${text}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  const note = about === '' ? '' : `<p class="about">${prose(about)}</p>`;
  return `<details><summary>${title}<span class="count">${rows.length}</span></summary>${note}<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div></details>`;
}

/** Escaped text as code; nothing for nothing. */
export function codeOf(text: string): string {
  return text === '' ? '' : `<code>${escaped(text)}</code>`;
}

function linked(text: string, table: string): string {
  return `<a class="reference" href="#t-${table}"><code>${escaped(text)}</code></a>`;
}

function sql(text: string): string {
  return text === 'every row' ? text : codeOf(text);
}

function grant(cell: string): string {
  if (cell === 'yes') return '<span class="yes" title="every column">yes</span>';
  return cell.startsWith('all but ') ? `all but ${codeOf(cell.slice('all but '.length))}` : codeOf(cell);
}
