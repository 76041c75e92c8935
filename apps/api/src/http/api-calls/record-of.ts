import type { FastifyReply, FastifyRequest } from 'fastify';
import { newId, plainAddress, type Principal } from '#database';
import type { ApiCallRecord } from '#service';

/** What is kept of a User-Agent header, in characters. */
const LONGEST_USER_AGENT = 512;

/** The record of an answered request, or undefined where nobody knows whose it is. */
export function recordOf(request: FastifyRequest, reply: FastifyReply, principal: Principal | undefined): ApiCallRecord | undefined {
  if (principal?.orgId === undefined || principal.orgId === null) return undefined;
  return {
    orgId: principal.orgId,
    id: newId(),
    userId: principal.userId,
    apiKeyId: principal.actorType === 'API_KEY' ? principal.actorId : null,
    method: request.method,
    route: request.routeOptions.url ?? 'no route',
    statusCode: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime),
    requestId: request.id,
    ip: plainAddress(request.ip),
    userAgent: request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null,
    createdAt: new Date(),
  };
}
