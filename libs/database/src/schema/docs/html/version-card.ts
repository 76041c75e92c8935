import type { SchemaVersion } from '../history/schema-version.js';
import { changeLines, type ChangeLine } from '../present/versions.js';
import { codeOf } from './card.js';
import { escaped } from './escape.js';

/** What one migration made of the schema. */
export function versionCard(version: SchemaVersion): string {
  const { migration, date, total } = version;
  const lines = changeLines(version);
  const list = lines.length === 0 ? '<p>Nothing in the catalogue changed: it moved data only.</p>' : `<ul class="changes">${lines.map(item).join('\n')}</ul>`;
  return `<article class="card version"><header><h3>${escaped(migration)}</h3><span class="badge">${date}</span></header>
<details${lines.length <= 12 ? ' open' : ''}><summary>Afterwards ${total.tables} tables with ${total.columns} columns<span class="count">${lines.length}</span></summary>
${list}</details></article>`;
}

function item({ verb, kind, name, text }: ChangeLine): string {
  const subject = kind === 'comment' ? `comments of ${escaped(name)}` : `${kind} ${codeOf(name)}`;
  const detail = text === '' ? '' : `<span class="detail">${kind === 'table' ? escaped(text) : codeOf(text)}</span>`;
  return `<li><span class="verb ${verb}">${verb}</span> ${subject} ${detail}</li>`;
}
