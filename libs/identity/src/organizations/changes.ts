import { isDeepStrictEqual } from 'node:util';
import type { Organization } from '#database';
import type { OrganizationValues } from '../persistence/own-organization.js';

const TEXTS = ['name', 'slug', 'description'] as const;

/** What a change changes, for the audit log: texts from and to; of settings only the names, since nobody says what is in them. */
export function changesOf(before: Organization, values: OrganizationValues): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const text of TEXTS) {
    const to = values[text];
    if (to !== undefined && to !== before[text]) changes[text] = { from: before[text], to };
  }
  const names = values.settings === undefined ? [] : changedNames(before.settings, values.settings);
  if (names.length > 0) changes['settings'] = names;
  return changes;
}

function changedNames(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
}
