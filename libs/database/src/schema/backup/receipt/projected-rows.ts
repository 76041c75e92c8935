import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { readTable, type OpenArchive } from '../archive/open-archive.js';
import type { Measure } from '../measure.js';
import type { ReceiptTable } from './receipt.js';

/** Measures COPY text as if only some of its columns had been copied. In the text format a tab or line feed inside a value is escaped. */
class Projection extends Writable {
  readonly #hash = createHash('sha256');
  #rows = 0;
  /** The start of a line whose end has not come yet. */
  #rest = '';

  /** @param kept places of the columns, from 0 */
  constructor(private readonly kept: readonly number[]) {
    super();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    // One character a byte: nothing is decoded, and the hash is over the same bytes.
    const lines = (this.#rest + chunk.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const values = line.split('\t');
      this.#hash.update(`${this.kept.map((place) => values[place] ?? '').join('\t')}\n`, 'latin1');
    }
    this.#rows += lines.length;
    done();
  }

  result(): Pick<Measure, 'rows' | 'sha256'> {
    return { rows: this.#rows, sha256: this.#hash.copy().digest('hex') };
  }
}

/** What the archive would hold of a table that had only these columns, in the archive's order. @throws every ArchiveError */
export async function projectedRows(archive: OpenArchive, { name }: ReceiptTable, columns: readonly string[]): Promise<Pick<Measure, 'rows' | 'sha256'>> {
  const table = archive.manifest.tables.find((archived) => archived.name === name);
  if (table === undefined) throw new RangeError(`The manifest has no table "${name}", which its receipt has.`);
  const projection = new Projection(table.columns.flatMap((column, place) => (columns.includes(column.name) ? [place] : [])));
  await readTable(archive, table, projection);
  return projection.result();
}
