import { PlinthError } from '#database';

/** A script of a web page connects that nobody allowed. */
export class OriginRefusedError extends PlinthError {
  readonly code = 'ORIGIN_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor() {
    super('Scripts of this web page may not connect. Whoever runs the platform allows its origin with MCP_ALLOWED_ORIGINS.');
  }
}

/** The body is JSON, but no message of JSON-RPC. */
export class MessageInvalidError extends PlinthError {
  readonly code = 'MCP_MESSAGE_INVALID';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor() {
    super('The body is no JSON-RPC 2.0 message: a request, a notification or a response, as MCP has them.');
  }
}

/** Several messages in one request: each is counted, recorded and answered alone. */
export class BatchRefusedError extends PlinthError {
  readonly code = 'MCP_BATCH_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor() {
    super('Batches are not taken, as in MCP since 2025-06-18. Send one JSON-RPC message in each request.');
  }
}

/** The credential was revoked, or lost the permission, while a call waited. */
export class AccessEndedError extends PlinthError {
  readonly code = 'ACCESS_ENDED';
  readonly family = 'caller';
  override readonly httpStatus = 401;
  constructor() {
    super('Your access ended while the call waited. The run goes on. Connect again with a credential that is valid.');
  }
}
