import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SyncError } from '#database';
import { FileProblem } from '../frontmatter/problem.js';
import { readAgent, type AgentDefinition } from '../frontmatter/read-agent.js';
import { HEAD_BYTES } from '../frontmatter/split.js';
import type { MirrorContext } from '../git/mirror.js';
import { SyncFailedError } from '../sync/sync-failure.js';
import { readBlobs } from './read-blobs.js';
import type { TreeFile } from './read-tree.js';

/** The most that frontmatter (as JSON) and texts of one sync may be, in characters: they are held in memory until they are written. */
const MAX_TOTAL_CONTENT = 64_000_000;

/** An agent of the commit. `definition` is left out where the table already says what the file says. */
export interface ScannedAgent {
  readonly path: string;
  readonly name: string;
  readonly md5: string;
  readonly definition?: AgentDefinition;
}

export interface Scan {
  readonly agents: readonly ScannedAgent[];
  readonly problems: readonly SyncError[];
}

/**
 * Reads the agents among the files, one file at a time; between two files everything else in the process gets its turn. A file that
 * cannot be read as an agent is a problem of that file.
 * @param knownName the name under which the table has exactly this content for this path, if it has
 * @throws SyncFailedError CONTENT_TOTAL_LIMIT, MIRROR_BROKEN
 */
export async function scanAgents(
  mirror: MirrorContext,
  files: readonly TreeFile[],
  maxFileBytes: number,
  knownName: (path: string, md5: string) => string | undefined,
): Promise<Scan> {
  const agents: ScannedAgent[] = [];
  const problems: SyncError[] = [];
  const firstOfName = new Map<string, string>();
  let total = 0;
  for await (const { file, md5, head } of readBlobs(mirror, files, Math.max(HEAD_BYTES, maxFileBytes))) {
    const agent = scanOne(file, md5, head, maxFileBytes, knownName);
    await nextTurn();
    if (agent === undefined) continue;
    if ('code' in agent) {
      problems.push(agent);
      continue;
    }
    total += agent.definition === undefined ? 0 : JSON.stringify(agent.definition.frontmatter).length + agent.definition.body.length;
    if (total > MAX_TOTAL_CONTENT)
      throw new SyncFailedError('CONTENT_TOTAL_LIMIT', `The agents of all files together are larger than ${MAX_TOTAL_CONTENT} characters.`);
    const first = firstOfName.get(agent.name);
    if (first === undefined) firstOfName.set(agent.name, file.path);
    else
      problems.push({
        path: file.path,
        code: 'DUPLICATE_NAME',
        message: `"${agent.name.slice(0, 100)}" is the name of "${first.slice(0, 200)}" too. Both are listed.`,
      });
    agents.push(agent);
  }
  return { agents, problems };
}

function scanOne(
  file: TreeFile,
  md5: string,
  head: Buffer,
  maxFileBytes: number,
  knownName: (path: string, md5: string) => string | undefined,
): ScannedAgent | SyncError | undefined {
  const { path, size } = file;
  const known = knownName(path, md5);
  if (known !== undefined) return { path, md5, name: known };
  try {
    const definition = readAgent(path, head, size, maxFileBytes);
    return definition === undefined ? undefined : { path, md5, name: definition.name, definition };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return { path, code: error.code, message: error.message };
  }
}
