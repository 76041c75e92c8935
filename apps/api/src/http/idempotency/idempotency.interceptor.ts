import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, concatMap, of, type Observable } from 'rxjs';
import { createLogger, currentContext, RequestRecordsConfig, TenantConnection } from '#database';
import { claimKey, keepAnswer, releaseKey, type Claim, type KeptAnswer, type NamedRequest } from '#service';
import { RequestContextMissingError } from '../../auth/errors.js';
import { inspectInput } from '../inspect-input.js';
import { verdictOn } from '../problem-of.js';
import { IdempotencyKeyInUseError, IdempotencyKeyInvalidError, IdempotencyKeyReusedError, IdempotencyOutcomeUnknownError } from './errors.js';
import { answerOfProblem, bodyOf, KEPT_HEADERS } from './kept-answer.js';
import { mayHaveTakenEffect } from './may-have-taken-effect.js';
import { requestHash } from './request-hash.js';

const log = createLogger('idempotency');
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Carries a request with an `Idempotency-Key` out once, and answers its repetitions as the first. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly db: TenantConnection,
    private readonly config: RequestRecordsConfig,
  ) {}

  /** @throws IdempotencyKeyInvalidError, IdempotencyKeyReusedError, IdempotencyKeyInUseError, IdempotencyOutcomeUnknownError */
  async intercept(execution: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    // What the input pipe refuses for its shape is not hashed either: hashing recurses, and a deep body would exhaust the stack.
    if (inspectInput(request.body, 'body').length > 0) return next.handle();
    const named = namedRequest(request);
    if (named === undefined) return next.handle();
    const { idempotencyLeaseSeconds: leaseSeconds, idempotencyRetentionHours } = this.config;
    const claim = await claimKey(this.db, named, { leaseSeconds, retentionSeconds: idempotencyRetentionHours * 3_600 });
    if (claim.state !== 'claimed') return of(replayed(claim, reply));
    return next.handle().pipe(
      concatMap(async (body) => {
        await this.#keep(named, { status: reply.statusCode, body: body === undefined ? null : JSON.stringify(body), headers: headersOf(reply) });
        return body;
      }),
      catchError(async (error: unknown) => {
        await this.#settleFailure(named, error);
        throw error;
      }),
    );
  }

  /** A failure that the caller caused is an answer like any other; one of ours may be tried again, unless it may have taken effect. */
  async #settleFailure(named: NamedRequest, error: unknown): Promise<void> {
    const { problem } = verdictOn(error);
    if (problem.status < 500 && problem.status !== 429) return this.#keep(named, answerOfProblem(problem));
    if (mayHaveTakenEffect(error)) return;
    await releaseKey(this.db, named).catch((failure: unknown) => log.warn({ err: failure }, 'An idempotency key could not be given back'));
  }

  /** Never fails the request, which has been carried out: without its answer, its repetition is told that the outcome is unknown. */
  async #keep(named: NamedRequest, answer: KeptAnswer): Promise<void> {
    await keepAnswer(this.db, named, answer).catch((error: unknown) =>
      log.warn({ err: error }, 'The answer to a request with an idempotency key could not be kept'),
    );
  }
}

function namedRequest(request: FastifyRequest): NamedRequest | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw new IdempotencyKeyInvalidError();
  const principal = currentContext()?.principal;
  if (principal === undefined) throw new RequestContextMissingError('principal');
  const { method, url, body } = request;
  const caller = `${principal.actorType} ${principal.actorId ?? ''}`;
  return { route: `${method} ${request.routeOptions.url ?? ''}`, key, hash: requestHash({ method, url, caller, body }) };
}

function replayed(claim: Exclude<Claim, { state: 'claimed' }>, reply: FastifyReply): unknown {
  if (claim.state === 'reused') throw new IdempotencyKeyReusedError();
  if (claim.state === 'running') throw new IdempotencyKeyInUseError();
  if (claim.state === 'outcome-unknown') throw new IdempotencyOutcomeUnknownError();
  void reply.code(claim.answer.status).headers({ ...claim.answer.headers, 'idempotency-replayed': 'true' });
  return bodyOf(claim.answer);
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const kept = KEPT_HEADERS.map((name) => [name, reply.getHeader(name)] as const);
  return Object.fromEntries(kept.filter((entry): entry is [(typeof KEPT_HEADERS)[number], string] => typeof entry[1] === 'string'));
}
