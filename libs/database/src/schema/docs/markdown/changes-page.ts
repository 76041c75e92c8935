import type { SchemaVersion } from '../history/schema-version.js';
import { changeLines, type ChangeLine } from '../present/versions.js';
import { code, page } from './text.js';

const VERBS: readonly ChangeLine['verb'][] = ['added', 'changed', 'dropped'];

/** The change log: what each migration made of the schema, newest first. */
export function changesPage(versions: readonly SchemaVersion[]): string {
  return page([
    '# Versions of the schema',
    '',
    'Each migration makes a version of the models. What it did is found by comparing the catalogue before and after it, never written by hand.',
    'What came with a new table is counted with it; bodies of functions and long definitions stand in the migration.',
    '',
    ...versions.flatMap(versionSection),
    '[All areas](README.md)',
  ]);
}

function versionSection(version: SchemaVersion): string[] {
  const lines = changeLines(version);
  const { tables, columns } = version.total;
  return [
    `## ${version.migration}`,
    '',
    `${version.date}. Afterwards ${tables} tables with ${columns} columns.`,
    '',
    ...(lines.length === 0 ? ['Nothing in the catalogue changed: it moved data only.', ''] : []),
    ...VERBS.flatMap((verb) =>
      listOf(
        verb,
        lines.filter((line) => line.verb === verb),
      ),
    ),
  ];
}

function listOf(verb: string, lines: readonly ChangeLine[]): string[] {
  if (lines.length === 0) return [];
  return [`**${verb[0]?.toUpperCase()}${verb.slice(1)}**`, '', ...lines.map(lineText), ''];
}

function lineText({ kind, name, text }: ChangeLine): string {
  if (kind === 'comment') return `- comments of ${name}`;
  const tail = text === '' ? '' : kind === 'table' ? `: ${text}` : `: ${code(text)}`;
  return `- ${kind} ${code(name)}${tail}`;
}
