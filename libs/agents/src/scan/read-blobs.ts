import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { mirrorArgs, type MirrorContext } from '../git/mirror.js';
import { startGit } from '../git/run-git.js';
import { SyncFailedError } from '../sync/sync-failure.js';
import type { TreeFile } from './read-tree.js';

/** A file with its content. */
export interface FileContent {
  readonly file: TreeFile;
  /** MD5 of all bytes, in hexadecimal. */
  readonly md5: string;
  /** The first `keepBytes` bytes. */
  readonly head: Buffer;
}

/**
 * The contents of files in their order, one at a time, from a single `git cat-file --batch`. However large a file is, at most
 * `keepBytes` of it are held.
 * @throws SyncFailedError MIRROR_BROKEN when an object is missing
 */
export async function* readBlobs(mirror: MirrorContext, files: readonly TreeFile[], keepBytes: number): AsyncGenerator<FileContent, void, undefined> {
  if (files.length === 0) return;
  const running = startGit({ ...mirror, args: mirrorArgs(mirror, 'cat-file', '--batch') });
  running.stdin.end(files.map(({ blob }) => `${blob}\n`).join(''));
  const reader = new BatchReader(running.stdout);
  try {
    for (const file of files) {
      const header = await reader.line();
      const match = /^([0-9a-f]{40,64}) blob (\d+)$/.exec(header ?? '');
      if (match === null || match[1] !== file.blob) {
        throw new SyncFailedError(
          'MIRROR_BROKEN',
          'The copy of the repository lacks an object.',
          new Error(`cat-file said "${header ?? 'nothing'}" for "${file.blob}".`),
        );
      }
      yield { file, ...(await reader.content(Number(match[2]), keepBytes)) };
    }
    await running.done;
  } finally {
    running.stop();
    running.stdout.destroy();
  }
}

/** Reads the answer format of `cat-file --batch`: a line, so many bytes, a line feed. */
class BatchReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#buffer.indexOf(0x0a);
      if (end !== -1) {
        const text = this.#buffer.toString('latin1', 0, end);
        this.#buffer = this.#buffer.subarray(end + 1);
        return text;
      }
      if (!(await this.#more())) return undefined;
    }
  }

  async content(size: number, keepBytes: number): Promise<{ md5: string; head: Buffer }> {
    const hash = createHash('md5');
    const kept: Buffer[] = [];
    let wanted = Math.min(size, keepBytes);
    let left = size;
    while (left > 0) {
      const part = await this.#take(left, hash);
      left -= part.length;
      if (wanted > 0) kept.push(Buffer.from(part.subarray(0, wanted)));
      wanted -= Math.min(wanted, part.length);
    }
    while (this.#buffer.length === 0 && (await this.#more()));
    this.#buffer = this.#buffer.subarray(1);
    return { md5: hash.digest('hex'), head: kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept) };
  }

  async #take(atMost: number, hash: Hash): Promise<Buffer> {
    if (this.#buffer.length === 0 && !(await this.#more())) {
      throw new SyncFailedError('MIRROR_BROKEN', 'The copy of the repository ended in the middle of an object.');
    }
    const part = this.#buffer.subarray(0, atMost);
    this.#buffer = this.#buffer.subarray(part.length);
    hash.update(part);
    return part;
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#buffer = this.#buffer.length === 0 ? next.value : Buffer.concat([this.#buffer, next.value]);
    return true;
  }
}
