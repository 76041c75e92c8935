import { createHash } from 'node:crypto';
import type { AreaFacts } from '../facts/table-facts.js';
import { CLASSES } from '../present/access.js';
import { relationsOf } from '../present/relations.js';
import type { SchemaDocument } from '../schema-document.js';
import { card, codeOf, section } from './card.js';
import { diagram } from './diagram.js';
import { escaped, prose } from './escape.js';
import { versionCard } from './version-card.js';

/** Drawn, since not every font has the sign. */
const HALF_MOON =
  '<svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/></svg>';

/** What the page carries in itself: its style and its script, as they stand beside this file. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/**
 * The whole schema as one page that asks for nothing else: style and script stand in it, diagrams are drawn already, and its own policy
 * allows exactly that style and that script and no request.
 */
export function htmlPage(schema: SchemaDocument, { style, script }: PageAssets): string {
  const policy = `default-src 'none'; style-src '${digest(style)}'; script-src '${digest(script)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="npm run schema:docs">
<title>Plinth schema</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${navigation(schema)}
<main>
${head(schema)}
${schema.areas.map(areaSection).join('\n')}
${functions(schema)}
<section class="area" id="versions" data-further>
<h2>Versions</h2>
<p class="about">Each migration makes a version of the models; this is what it changed, found by comparing the catalogue before and after it.</p>
${schema.versions.map(versionCard).join('\n')}
</section>
<p id="nothing" hidden>No table, column or comment has these words.</p>
</main>
<script>${script}</script>
</body>
</html>
`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function navigation({ areas }: SchemaDocument): string {
  const groups = areas.map(
    ({ folder, title, tables }) =>
      `<li data-area="${folder}"><a class="area-link" href="#a-${folder}">${escaped(title)}</a><ul>${tables
        .map(({ name }) => `<li data-table="${name}"><a href="#t-${name}">${name}</a></li>`)
        .join('')}</ul></li>`,
  );
  return `<nav aria-label="Areas and tables">
<a class="home" href="#top">Plinth <span>schema</span></a>
<ul>${groups.join('\n')}
<li><a class="area-link" href="#functions">Functions</a></li>
<li><a class="area-link" href="#versions">Versions</a></li></ul>
</nav>`;
}

function head({ versions, areas, functions: all }: SchemaDocument): string {
  const [newest] = versions;
  const facts = `${newest?.total.tables ?? 0} tables · ${newest?.total.columns ?? 0} columns · ${areas.length} areas · ${all.length} functions`;
  const legend = Object.entries(CLASSES).map(
    ([letter, { title, meaning }]) => `<div><dt><span class="badge class-${letter}">${letter} · ${title}</span></dt><dd>${escaped(meaning)}</dd></div>`,
  );
  return `<header class="top" id="top">
<div class="bar">
<label class="search"><span class="hidden-text">Search tables, columns and comments</span>
<input id="search" type="search" placeholder="Search tables, columns and comments" autocomplete="off" spellcheck="false"><kbd>/</kbd></label>
<output id="found" for="search"></output>
<button id="details" type="button" aria-pressed="false">Open all details</button>
<button id="theme" type="button" aria-label="Change between light and dark">${HALF_MOON}</button>
</div>
<h1>The schema</h1>
<p class="facts">${facts}</p>
<p class="facts">Version <code>${escaped(newest?.migration ?? 'none')}</code> of ${newest?.date ?? ''}</p>
<dl class="legend">${legend.join('')}</dl>
</header>`;
}

function areaSection(area: AreaFacts): string {
  const { withoutOrganization } = relationsOf(area);
  const note = withoutOrganization
    ? '<p class="note">Left out: the reference of every tenant’s table to <a href="#t-organization">organization</a> by its org_id.</p>'
    : '';
  return `<section class="area" id="a-${area.folder}" data-area="${area.folder}">
<h2>${escaped(area.title)}</h2>
<p class="about">${prose(area.about)}</p>
<figure><div class="wide">${diagram(area)}</div></figure>${note}
${area.tables.map(card).join('\n')}
</section>`;
}

function functions({ functions: all }: SchemaDocument): string {
  const rows = all.map(({ signature, returns, language, volatility, definer, executedBy }) => [
    codeOf(signature),
    codeOf(returns),
    escaped(`${language}, ${volatility}`),
    definer ? 'its owner' : 'its caller',
    executedBy.map(codeOf).join(' '),
  ]);
  return `<section class="area" id="functions" data-further>
<h2>Functions</h2>
<p class="about">Closed to everybody but the roles named here and app_owner. Functions of triggers are opened to nobody.</p>
<article class="card">${section('All functions', ['function', 'returns', 'language', 'runs as', 'executed by'], rows)}</article>
</section>`;
}
