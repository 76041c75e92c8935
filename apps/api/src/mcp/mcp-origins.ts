import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { McpConfig } from '#database';
import { OriginRefusedError } from './errors.js';

/** What a script may send along, beside what every script may. */
const ALLOWED_HEADERS = 'authorization, content-type, last-event-id, mcp-protocol-version, mcp-session-id';
const EXPOSED_HEADERS = 'retry-after, www-authenticate, x-request-id';
/** How long a browser may remember the answer to its question, in seconds. */
const REMEMBER_SECONDS = 600;

/**
 * Keeps web pages out that nobody allowed, also those that reach this server by a name of their own (DNS rebinding): a browser says
 * which page sends a request, and no script can change that. What is no browser says nothing. Those that are allowed may also read the
 * answers (CORS).
 */
@Injectable()
export class McpOrigins {
  constructor(private readonly config: McpConfig) {}

  /** Lets a request in, or not, before anything else is looked at. @throws OriginRefusedError */
  admit({ headers: { origin } }: FastifyRequest, reply: FastifyReply): void {
    if (origin === undefined) return;
    if (!this.config.allowedOrigins.includes(origin)) throw new OriginRefusedError();
    void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED_HEADERS, vary: 'origin' });
  }

  /** Answers what a browser asks before it sends what a script wants to send. */
  answerPreflight(reply: FastifyReply): void {
    void reply.headers({
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': ALLOWED_HEADERS,
      'access-control-max-age': String(REMEMBER_SECONDS),
    });
  }
}
