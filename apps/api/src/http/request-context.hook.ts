import { AsyncResource } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { newId, runWithContext } from '#database';

/** The header that carries the id of a request, in both directions. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** What is taken over from a caller: short and of harmless characters, since the id is echoed, logged and stored. */
const SANE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** The caller's own id where it is a sane token, otherwise a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && SANE_REQUEST_ID.test(header) ? header : newId();
}

/**
 * Opens an empty request context for each request and echoes its id. Reading a body continues from the events of the
 * socket, outside of the context, so that it is entered a second time before the handler.
 */
export function openRequestContexts(server: FastifyInstance): void {
  const contexts = new WeakMap<FastifyRequest, AsyncResource>();
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
    runWithContext({ requestId: request.id }, () => {
      contexts.set(request, new AsyncResource('PlinthRequest'));
      done();
    });
  });
  server.addHook('preValidation', (request, _reply, done) => {
    const context = contexts.get(request);
    if (context === undefined) done();
    else context.runInAsyncScope(done);
  });
}
