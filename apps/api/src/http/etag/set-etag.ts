import type { FastifyReply } from 'fastify';
import { entityTag } from './entity-tag.js';

/** Says which version the answer shows: for handlers whose body does not say it by a `version`. Others are `@Versioned()`. */
export function setETag(reply: FastifyReply, version: number): void {
  void reply.header('etag', entityTag(version));
}
