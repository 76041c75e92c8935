import { ModelCallError } from '../errors.js';

/** One event of a stream. */
export interface ServerSentEvent {
  /** `message` where the stream does not name it. */
  readonly event: string;
  readonly data: string;
}

/**
 * Reads a text/event-stream piece by piece, however it is cut, also within a character or between CR and LF. An event without its
 * closing empty line is none, as the standard has it. `id` and `retry` are passed over: nobody reconnects to a paid answer.
 */
export class SseParser {
  private readonly decoder = new TextDecoder();
  private line = '';
  private event = '';
  private data: string[] = [];
  private endedWithCr = false;

  /** @param maxLineLength in UTF-16 code units. */
  constructor(private readonly maxLineLength: number) {}

  /** The events that `bytes` complete. @throws ModelCallError for a line that is longer than it may be */
  push(bytes: Uint8Array): readonly ServerSentEvent[] {
    const text = this.decoder.decode(bytes, { stream: true });
    if (text === '') return [];
    const rest = this.endedWithCr && text.startsWith('\n') ? text.slice(1) : text;
    this.endedWithCr = text.endsWith('\r');
    const [first = '', ...others] = rest.split(/\r\n|\r|\n/);
    const lines = [this.line + first, ...others];
    this.line = lines.pop() ?? '';
    if ([...lines, this.line].some((line) => line.length > this.maxLineLength)) {
      throw new ModelCallError('unknown', `a line of its answer is longer than ${this.maxLineLength} characters.`);
    }
    return lines.flatMap((line) => this.readLine(line));
  }

  private readLine(line: string): readonly ServerSentEvent[] {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.data.push(value);
    if (field === 'event') this.event = value;
    return [];
  }

  private dispatch(): readonly ServerSentEvent[] {
    const { event, data } = this;
    this.event = '';
    this.data = [];
    return data.length === 0 ? [] : [{ event: event === '' ? 'message' : event, data: data.join('\n') }];
  }
}
