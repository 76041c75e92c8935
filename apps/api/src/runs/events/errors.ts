import { PlinthError } from '#database';

/** The process is about to end and takes no stream any more. */
export class StreamsClosingError extends PlinthError {
  readonly code = 'STREAMS_CLOSING';
  readonly family = 'operator';
  override readonly httpStatus = 503;
  constructor() {
    super('This process is ending. Open the stream again: another process takes it.', { fields: { retryAfterSeconds: 1 } });
  }
}
