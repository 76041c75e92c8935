import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { entityTag, noneMatchNames } from './entity-tag.js';
import { setETag } from './set-etag.js';

/** Sets `ETag` from the `version` of the answer's body; a GET whose `If-None-Match` names it is answered 304 without a body. */
@Injectable()
export class ETagInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(map((body) => tagged(body, request, reply)));
  }
}

function tagged(body: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
  const version = versionIn(body);
  if (version === undefined) return body;
  setETag(reply, version);
  const isUnchanged = request.method === 'GET' && noneMatchNames(request.headers['if-none-match'], entityTag(version));
  if (!isUnchanged) return body;
  reply.code(304);
  return undefined;
}

function versionIn(body: unknown): number | undefined {
  return typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number' ? body.version : undefined;
}
