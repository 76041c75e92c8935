import { InvalidSettingError } from '../../config/errors.js';
import type { Drift, DriftKind } from './drift.js';
import { PARTS } from './parts.js';

/** Which drift keeps traffic away: names with `*` in them, and of which kind. */
export interface GatePattern {
  /** As it was written. */
  readonly text: string;
  readonly name: RegExp;
  /** Null: of any kind. */
  readonly kind: DriftKind | null;
}

/**
 * What separates organizations: row security and policies, the functions that policies and logins rest on, the roles; and a table that
 * is not there, without which requests fail. A grant, an owner or a trigger degrades, and takes nobody out.
 */
export const DEFAULT_GATES = 'row-security:*,policy:*,role:*,function:enter_*,function:current_*,function:shares_*,table:*=missing';
/** Says that no drift keeps traffic away. */
const NOTHING = 'none';

const KINDS: readonly DriftKind[] = ['missing', 'extra', 'differs'];
const ALLOWED = `takes names such as policy:*, table:run or table:*=missing, with commas between; * stands for any text (also for a comma). Before the colon: ${PARTS.join(', ')}. After =: ${KINDS.join(', ')}. "${NOTHING}" alone is none at all.`;

/** @throws InvalidSettingError that lists what is allowed */
export function parseGates(text: string): readonly GatePattern[] {
  if (text.trim() === NOTHING) return [];
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(parsePattern);
}

/** Whether traffic must stay away because of this one. */
export function gates(patterns: readonly GatePattern[], { name, kind }: Drift): boolean {
  return patterns.some((pattern) => pattern.name.test(name) && (pattern.kind === null || pattern.kind === kind));
}

function parsePattern(text: string): GatePattern {
  const [, part, object, kind] = /^([a-z-]+):([^=:;]+)(?:=([a-z]+))?$/.exec(text) ?? [];
  const known = KINDS.find((each) => each === kind);
  if (part === undefined || object === undefined || !PARTS.some((each) => each === part) || (kind !== undefined && known === undefined)) {
    throw new InvalidSettingError(ALLOWED);
  }
  return { text, name: new RegExp(`^${[part, object].map(globbed).join(':')}$`, 's'), kind: known ?? null };
}

const globbed = (text: string): string =>
  text
    .split('*')
    .map((piece) => piece.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'))
    .join('.*');
