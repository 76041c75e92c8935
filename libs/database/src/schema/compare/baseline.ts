import { readFile, writeFile } from 'node:fs/promises';
import { BaselineUnreadableError } from '../errors.js';
import { isMissing } from '../files.js';
import type { SchemaFinding } from './finding.js';

/** Drift that somebody accepted, and why. It stands as long as exactly this difference does. */
export interface AcceptedDrift {
  readonly identity: string;
  readonly reason: string;
}

export interface Sorted {
  readonly fresh: readonly SchemaFinding[];
  readonly accepted: readonly SchemaFinding[];
  /** Identities in the baseline that match nothing any more. */
  readonly obsolete: readonly string[];
}

/** What the file accepts; nothing where there is no file. @throws BaselineUnreadableError */
export async function readBaseline(file: string): Promise<readonly AcceptedDrift[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return [];
    throw new BaselineUnreadableError(file, 'it cannot be read', error);
  }
  return parse(file, text);
}

function parse(file: string, text: string): readonly AcceptedDrift[] {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw new BaselineUnreadableError(file, 'it is no JSON', error);
  }
  const list: unknown = typeof found === 'object' && found !== null && 'accepted' in found ? found.accepted : undefined;
  if (!Array.isArray(list) || !list.every(isAccepted)) throw new BaselineUnreadableError(file, 'it must be {"accepted": [{"identity": …, "reason": …}]}');
  return list;
}

function isAccepted(entry: unknown): entry is AcceptedDrift {
  if (typeof entry !== 'object' || entry === null || !('identity' in entry) || !('reason' in entry)) return false;
  return typeof entry.identity === 'string' && typeof entry.reason === 'string' && entry.reason.trim() !== '';
}

/** Parts new drift from accepted drift. */
export function sortByBaseline(findings: readonly SchemaFinding[], baseline: readonly AcceptedDrift[]): Sorted {
  const accepted = new Set(baseline.map(({ identity }) => identity));
  const found = new Set(findings.map(({ identity }) => identity));
  return {
    fresh: findings.filter(({ identity }) => !accepted.has(identity)),
    accepted: findings.filter(({ identity }) => accepted.has(identity)),
    obsolete: baseline.map(({ identity }) => identity).filter((identity) => !found.has(identity)),
  };
}

/** Adds findings to the file, with the reason, and drops entries that match nothing any more. */
export async function acceptDrift(file: string, findings: readonly SchemaFinding[], all: readonly SchemaFinding[], reason: string): Promise<void> {
  const current = new Set(all.map(({ identity }) => identity));
  const kept = (await readBaseline(file)).filter(({ identity }) => current.has(identity));
  const known = new Set(kept.map(({ identity }) => identity));
  const added = findings.filter(({ identity }) => !known.has(identity)).map(({ identity }) => ({ identity, reason }));
  const accepted = [...kept, ...added].sort((left, right) => (left.identity < right.identity ? -1 : 1));
  await writeFile(file, `${JSON.stringify({ accepted }, null, 2)}\n`);
}
