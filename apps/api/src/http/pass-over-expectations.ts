import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * Lets requests whose `Expect` names something else than 100-continue through as if it were not there (RFC 9110, 10.1.1, allows
 * it). Node answers them by itself otherwise: 417 without a body or a request id, past everything that is installed here.
 */
export function passOverExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
}
