import type { FastifyInstance } from 'fastify';

/** Answers belong to one caller and one moment: nothing between here and there may keep them. A handler may say otherwise. */
export function forbidStoring(server: FastifyInstance): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
}
