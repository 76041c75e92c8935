import type { FastifyReply } from 'fastify';
import type { Taken } from '#service';

/** The length of every window, in seconds. */
const WINDOW_SECONDS = 60;

/** Tells the caller of one limit and what is left of it, beside those already told: `RateLimit` and `RateLimit-Policy` of the IETF's draft. */
export function announceLimit(reply: FastifyReply, policy: string, limit: number, { remaining, resetSeconds }: Taken): void {
  append(reply, 'ratelimit-policy', `"${policy}";q=${limit};w=${WINDOW_SECONDS}`);
  append(reply, 'ratelimit', `"${policy}";r=${remaining};t=${resetSeconds}`);
}

function append(reply: FastifyReply, name: string, item: string): void {
  const before = reply.getHeader(name);
  void reply.header(name, typeof before === 'string' ? `${before}, ${item}` : item);
}
