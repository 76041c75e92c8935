import type { WireValue } from './wire.js';

// Messages of PostgreSQL's extended query protocol (version 3), written one behind the other into one buffer, so that a
// batch is one write: a write per message costs as much again as everything else the client does for a statement.

const DESCRIBE_PORTAL = Buffer.from([0x44, 0, 0, 0, 6, 0x50, 0]);
const EXECUTE = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0]);
const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);
const FIRST_SIZE = 1_024;

/** Writes one batch. */
export class MessageWriter {
  #buffer = Buffer.allocUnsafe(FIRST_SIZE);
  #length = 0;

  /** Parse: prepares `text` under `name` ('' for the unnamed statement); parameter types are left to PostgreSQL. */
  parse(name: string, text: string): void {
    const start = this.#open(0x50);
    this.#cstring(name);
    this.#cstring(text);
    this.#int16(0);
    this.#close(start);
  }

  /** Bind: the values of the statement `name`, into the unnamed portal; results come as text. */
  bind(name: string, values: readonly WireValue[]): void {
    const start = this.#open(0x42);
    this.#cstring('');
    this.#cstring(name);
    if (values.some((value) => typeof value === 'object' && value !== null)) {
      this.#int16(values.length);
      for (const value of values) this.#int16(typeof value === 'object' && value !== null ? 1 : 0);
    } else this.#int16(0);
    this.#int16(values.length);
    for (const value of values) this.#value(value);
    this.#int16(0);
    this.#close(start);
  }

  /** Describe the unnamed portal. */
  describe(): void {
    this.#bytes(DESCRIBE_PORTAL);
  }

  /** Execute the unnamed portal to its end. */
  execute(): void {
    this.#bytes(EXECUTE);
  }

  /** Close the prepared statement `name`. */
  closeStatement(name: string): void {
    const start = this.#open(0x43);
    this.#reserve(1);
    this.#buffer[this.#length++] = 0x53;
    this.#cstring(name);
    this.#close(start);
  }

  /** Sync: the end of the batch. @returns all that was written */
  sync(): Buffer {
    this.#bytes(SYNC);
    return this.#buffer.subarray(0, this.#length);
  }

  #open(type: number): number {
    this.#reserve(5);
    this.#buffer[this.#length] = type;
    const start = this.#length + 1;
    this.#length += 5;
    return start;
  }

  #close(start: number): void {
    this.#buffer.writeInt32BE(this.#length - start, start);
  }

  #value(value: WireValue): void {
    if (value === null) {
      this.#int32(-1);
      return;
    }
    if (typeof value !== 'string') {
      this.#int32(value.length);
      this.#bytes(value);
      return;
    }
    const size = Buffer.byteLength(value);
    this.#int32(size);
    this.#reserve(size);
    this.#buffer.write(value, this.#length);
    this.#length += size;
  }

  #cstring(text: string): void {
    const size = Buffer.byteLength(text);
    this.#reserve(size + 1);
    this.#buffer.write(text, this.#length);
    this.#length += size;
    this.#buffer[this.#length++] = 0;
  }

  #bytes(bytes: Buffer): void {
    this.#reserve(bytes.length);
    bytes.copy(this.#buffer, this.#length);
    this.#length += bytes.length;
  }

  #int16(value: number): void {
    this.#reserve(2);
    this.#buffer.writeUInt16BE(value, this.#length);
    this.#length += 2;
  }

  #int32(value: number): void {
    this.#reserve(4);
    this.#buffer.writeInt32BE(value, this.#length);
    this.#length += 4;
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
