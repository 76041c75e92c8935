import { partOf } from './parts.js';

/** How an object differs from what the migrations make. */
export type DriftKind = 'differs' | 'missing' | 'extra';

/** One object that is not as the migrations make it. */
export interface Drift {
  /** `part:object`, such as `policy:run.tenant_isolation`. */
  readonly name: string;
  readonly kind: DriftKind;
}

const WHOLE = ['table', 'view', 'sequence'];
const OF_A_WHOLE = ['row-security', 'policy', 'grants', 'owner', 'triggers'];
const WORDS: Readonly<Record<DriftKind, string>> = { differs: 'differs', missing: 'is missing', extra: 'is extra' };

/** The difference as an operator reads it: `policy:run.evil is extra`. */
export function inWords({ name, kind }: Drift): string {
  return `${name} ${WORDS[kind]}`;
}

/** Every object that differs, sorted by name. Of a table that is missing or extra as a whole its parts are not named again. */
export function driftOf(expected: ReadonlyMap<string, string>, actual: ReadonlyMap<string, string>): readonly Drift[] {
  const all = [...new Set([...expected.keys(), ...actual.keys()])].flatMap((name): Drift[] => {
    const [wanted, found] = [expected.get(name), actual.get(name)];
    if (wanted === found) return [];
    return [{ name, kind: wanted === undefined ? 'extra' : found === undefined ? 'missing' : 'differs' }];
  });
  if (all.some(({ name, kind }) => name.startsWith('schema:') && kind === 'missing')) return all.filter(({ name }) => !isBelowSchema(name));
  const wholes = new Set(
    all.filter(({ name, kind }) => WHOLE.includes(partOf(name)) && kind !== 'differs').map(({ name, kind }) => `${kind} ${objectOf(name)}`),
  );
  return all
    .filter(({ name, kind }) => !OF_A_WHOLE.includes(partOf(name)) || !wholes.has(`${kind} ${ownerOf(name)}`))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isBelowSchema(name: string): boolean {
  return !['schema', 'role', 'member', 'settings', 'default-privileges'].includes(partOf(name));
}

const objectOf = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The table that a part is of: a policy's name has its own behind a dot. */
function ownerOf(name: string): string {
  const object = objectOf(name);
  const dot = object.indexOf('.');
  return partOf(name) === 'policy' && dot !== -1 ? object.slice(0, dot) : object;
}
