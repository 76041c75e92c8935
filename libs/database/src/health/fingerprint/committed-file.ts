import { createHash } from 'node:crypto';

/** What `committed.generated.ts` holds. */
export interface CommittedFingerprints {
  /** The newest migration; the schema after it is what the hashes are of. */
  readonly head: string;
  /** The major versions of PostgreSQL it was made on. */
  readonly majors: readonly number[];
  /** Over all the rest, so that a file edited or merged by hand is noticed. */
  readonly checksum: string;
  /** By object: its hash, or, where majors differ, `15,16:0a1b2c3d4e 17,18:5f6071829a`. An object that a major lacks is not named there. */
  readonly objects: Readonly<Record<string, string>>;
}

/** What was expected on each major version: object and hash. */
export type ExpectedByMajor = ReadonlyMap<number, ReadonlyMap<string, string>>;

const CHECKSUM_DIGITS = 16;

/** The checksum that belongs to a content. */
export function checksumOf({ head, majors, objects }: Omit<CommittedFingerprints, 'checksum'>): string {
  const lines = Object.entries(objects).map(([name, hashes]) => `${name} ${hashes}`);
  return createHash('sha256')
    .update([head, majors.join(), ...lines].join('\n'))
    .digest('hex')
    .slice(0, CHECKSUM_DIGITS);
}

/** The objects of one major version, or undefined where the file knows nothing of that version. */
export function expectedOn(major: number, { majors, objects }: CommittedFingerprints): ReadonlyMap<string, string> | undefined {
  if (!majors.includes(major)) return undefined;
  const entries = Object.entries(objects).flatMap(([name, hashes]) => {
    const hash = hashOn(major, hashes);
    return hash === undefined ? [] : [[name, hash] as const];
  });
  return new Map(entries);
}

function hashOn(major: number, hashes: string): string | undefined {
  if (!hashes.includes(':')) return hashes;
  const group = hashes.split(' ').find((each) => each.split(':')[0]?.split(',').includes(String(major)));
  return group?.split(':')[1];
}

/** The content of the file: one line an object, majors grouped where they agree. */
export function committedFrom(head: string, expected: ExpectedByMajor): CommittedFingerprints {
  const majors = [...expected.keys()].sort((a, b) => a - b);
  const names = [...new Set([...expected.values()].flatMap((objects) => [...objects.keys()]))].sort();
  const objects = Object.fromEntries(names.map((name) => [name, grouped(name, majors, expected)]));
  return { head, majors, checksum: checksumOf({ head, majors, objects }), objects };
}

function grouped(name: string, majors: readonly number[], expected: ExpectedByMajor): string {
  const groups = new Map<string, number[]>();
  for (const major of majors) {
    const hash = expected.get(major)?.get(name);
    if (hash !== undefined) groups.set(hash, [...(groups.get(hash) ?? []), major]);
  }
  const [[only, where] = ['', []]] = groups;
  if (where.length === majors.length) return only;
  return [...groups].map(([hash, those]) => `${those.join()}:${hash}`).join(' ');
}
