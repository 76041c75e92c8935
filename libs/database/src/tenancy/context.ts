import { AsyncLocalStorage } from 'node:async_hooks';
import { PlinthError } from '../errors.js';

/** What kind of actor does the work; written to audit rows. */
export const ACTOR_TYPES = ['USER', 'API_KEY', 'WORKER', 'SYSTEM'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

/** Who is calling and for which organization. Frozen once set. */
export interface Principal {
  readonly userId: string | null;
  readonly orgId: string | null;
  readonly actorType: ActorType;
  readonly actorId: string | null;
  readonly role: string | null;
  readonly scopes: readonly string[];
}

export class PrincipalAlreadySetError extends PlinthError {
  readonly code = 'PRINCIPAL_ALREADY_SET';
  readonly family = 'bug';
  constructor() {
    super('The principal of this request is already set. A request has one principal for its whole life; set it once, in the guard.');
  }
}

/** What belongs to one request or job: opened empty, filled once by whoever authenticates. */
export class RequestContext {
  #principal: Principal | undefined;

  constructor(readonly requestId: string) {}

  get principal(): Principal | undefined {
    return this.#principal;
  }

  /** Fills in who is calling. @throws PrincipalAlreadySetError on the second call. */
  setPrincipal(principal: Principal): void {
    if (this.#principal !== undefined) throw new PrincipalAlreadySetError();
    this.#principal = Object.freeze({ ...principal, scopes: Object.freeze([...principal.scopes]) });
  }
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` with a new, empty context: everything awaited inside sees it, nothing outside does. */
export function runWithContext<T>(init: { requestId: string }, work: () => T): T {
  return storage.run(new RequestContext(init.requestId), work);
}

/** The context of the running request or job, if there is one. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}
