import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthConnection, clientNetwork, eventCounter, RateLimitConfig, type Principal } from '#database';
import { rateLimitStore, SharedLimiter, type Taken } from '#service';
import { announceLimit } from './announce.js';
import { RateLimitedError } from './errors.js';

const refused = eventCounter('rate_limited_total', 'Requests refused with 429, by the limit they met.', ['policy']);

/** The limits of the API: by address before anything else is looked at, by credential and organization once they are known. */
@Injectable()
export class RateLimits implements OnModuleDestroy {
  readonly #limiter: SharedLimiter;

  constructor(
    private readonly config: RateLimitConfig,
    auth: AuthConnection,
  ) {
    this.#limiter = new SharedLimiter(rateLimitStore(auth));
  }

  /** Counts a request of whoever sends it. @throws RateLimitedError */
  takeOfAddress(request: FastifyRequest, reply: FastifyReply): void {
    this.#take('address', clientNetwork(request.ip), this.config.perAddress, reply);
  }

  /** Counts an attempt to become somebody, exactly, before it is made. @throws RateLimitedError */
  async takeAttempt(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const limit = this.config.attemptsPerAddress;
    if (limit > 0) admit(reply, 'attempts', limit, await this.#limiter.takeExactly(`attempts ${clientNetwork(request.ip)}`, limit));
  }

  /** Counts a request of a caller who is known. @throws RateLimitedError */
  takeOfCaller({ actorType, actorId, orgId }: Principal, reply: FastifyReply): void {
    if (actorId !== null) this.#take('credential', `${actorType} ${actorId}`, this.config.perCredential, reply);
    if (orgId !== null) this.#take('organization', orgId, this.config.perOrganization, reply);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#limiter.close();
  }

  #take(policy: string, subject: string, limit: number, reply: FastifyReply): void {
    if (limit > 0) admit(reply, policy, limit, this.#limiter.take(`${policy} ${subject}`, limit));
  }
}

function admit(reply: FastifyReply, policy: string, limit: number, taken: Taken): void {
  announceLimit(reply, policy, limit, taken);
  if (taken.allowed) return;
  refused.add({ policy });
  throw new RateLimitedError(policy, taken.resetSeconds);
}
