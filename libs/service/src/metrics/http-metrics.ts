import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from 'prom-client';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Measures every answered request by the template of its route, never its path. */
export function measureHttp(registry: Registry, server: FastifyInstance): void {
  const durations = new Histogram({
    name: 'plinth_http_request_duration_seconds',
    help: 'From request to answer, by method, template of the route and class of status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  server.addHook('onResponse', (request, reply, done) => {
    const method = METHODS.has(request.method) ? request.method : 'OTHER';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    durations.observe({ method, route: request.routeOptions.url ?? 'none', status }, reply.elapsedTime / 1_000);
    done();
  });
}
