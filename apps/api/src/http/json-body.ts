import type { FastifyInstance } from 'fastify';
import { MalformedJsonError } from './errors.js';

/** The largest body in bytes. A larger one answers 413 before it is read to its end. */
export const LARGEST_BODY_BYTES = 1024 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Makes JSON the one type of body this server reads; every other type answers 415. An empty body counts as absent, so that
 * a POST without input may still name its type.
 */
export function acceptJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: LARGEST_BODY_BYTES }, (_request, body, done) => {
    try {
      done(null, parseJson(body));
    } catch (error) {
      done(error instanceof Error ? error : new MalformedJsonError());
    }
  });
}

/** The value that the bytes hold. @throws MalformedJsonError for anything else, also for bytes that are no UTF-8. */
export function parseJson(body: string | Buffer): unknown {
  try {
    const text = typeof body === 'string' ? body : decoder.decode(body);
    if (text.trim() === '') return undefined;
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new MalformedJsonError();
  }
}
