import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { committedFrom, type CommittedFingerprints, type ExpectedByMajor } from './committed-file.js';

/** Where the committed hashes are, from the root of the repository. */
export const COMMITTED_FILE = 'libs/database/src/health/fingerprint/committed.generated.ts';

/**
 * Writes the committed hashes: what each major version said of a database that the migrations made, and nothing else of it.
 * @param root the checkout
 * @param head name of the newest migration
 * @returns what was written
 */
export async function writeFingerprints(root: string, head: string, expected: ExpectedByMajor): Promise<CommittedFingerprints> {
  const content = committedFrom(head, expected);
  await writeFile(join(root, COMMITTED_FILE), render(content));
  return content;
}

/** The text of the file. */
export function render({ head, majors, checksum, objects }: CommittedFingerprints): string {
  const lines = Object.entries(objects).map(([name, hashes]) => `    '${escaped(name)}': '${hashes}',`);
  return [
    '// Made by "npm run schema:fingerprint -- --write --all". After a merge, make it anew. A test fails while it is stale.',
    "import type { CommittedFingerprints } from './committed-file.js';",
    '',
    '/** The catalogue that the migrations make, by PostgreSQL version: what health compares with. */',
    'export const COMMITTED: CommittedFingerprints = {',
    `  head: '${head}',`,
    `  majors: [${majors.join(', ')}],`,
    `  checksum: '${checksum}',`,
    '  // prettier-ignore',
    '  objects: {',
    ...lines,
    '  },',
    '};',
    '',
  ].join('\n');
}

const escaped = (text: string): string => text.replace(/['\\]/g, '\\$&');
