import type { FastifyRequest } from 'fastify';

const PROBES = /^\/(?:health(?:\/|$)|metrics$)/;

/** Whether a request comes from what watches the service: neither limited nor recorded. */
export function isProbe({ routeOptions }: FastifyRequest): boolean {
  return PROBES.test(routeOptions.url ?? '');
}
