import type { IncomingMessage } from 'node:http';
import { ModelCallError } from '../errors.js';

export interface BodyBounds {
  /** In bytes. */
  readonly maxBytes: number;
  /** The longest pause, in ms. */
  readonly idleMs: number;
}

/**
 * The pieces of an answer. Closes the connection when the reader stops, whatever the reason.
 * @throws ModelCallError where the answer is too large, pauses too long or breaks.
 */
export async function* boundedBody(response: IncomingMessage, { maxBytes, idleMs }: BodyBounds): AsyncGenerator<Buffer, void, undefined> {
  const pieces: AsyncIterable<Buffer> = response;
  const paused = (): void => void response.destroy(new ModelCallError('unknown', `its answer paused for more than ${idleMs} ms.`));
  const timer = setTimeout(paused, idleMs);
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      timer.refresh();
      bytes += piece.length;
      if (bytes > maxBytes) throw new ModelCallError('unknown', `its answer is larger than ${maxBytes} bytes.`);
      yield piece;
    }
  } catch (error) {
    throw error instanceof ModelCallError ? error : new ModelCallError('unknown', 'the connection broke within its answer.', error);
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
}

/** The body as text. @throws ModelCallError like {@link boundedBody} */
export async function boundedText(response: IncomingMessage, bounds: BodyBounds): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of boundedBody(response, bounds)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
