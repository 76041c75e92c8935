import { createHash } from 'node:crypto';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** What there is of a table's rows: how many, and which. */
export interface Measure {
  readonly rows: number;
  /** Of the COPY text, not compressed. */
  readonly bytes: number;
  /** Of the COPY text, hexadecimal. */
  readonly sha256: string;
}

const LINE_FEED = 0x0a;

/** Lets COPY text through and measures it. In the text format each row is exactly one line: a line feed inside a value is escaped. */
export class Measuring extends Transform {
  readonly #hash = createHash('sha256');
  #rows = 0;
  #bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: Error | null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) this.#rows += 1;
    done(null, chunk);
  }

  /** Once everything has passed. */
  result(): Measure {
    return { rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }
}

/** A stream that takes everything and keeps nothing. */
export function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** Runs a COPY … TO STDOUT and measures what comes; no more than a stream's buffer of it is in memory at a time. */
export async function measureCopy(client: ClientBase, statement: string): Promise<Measure> {
  const measuring = new Measuring();
  await pipeline(client.query(copyTo(statement)), measuring, nowhere());
  return measuring.result();
}
