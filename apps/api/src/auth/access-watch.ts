import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createLogger, PlinthError, type PermissionKey } from '#database';
import { Authenticator } from '#identity';

const log = createLogger('access-watch');

/** With the age of what the authenticator believes, less than the 5 seconds within which a change takes effect. */
const LOOK_AGAIN_MS = 1_000;

interface Watched {
  readonly ends: Set<() => void>;
  timer: NodeJS.Timeout | undefined;
}

/** Looks again, for as long as an answer lasts, whether its caller may have it. Answers to the same credential share a look. */
@Injectable()
export class AccessWatch implements OnModuleDestroy {
  readonly #watched = new Map<string, Watched>();

  constructor(@Inject(Authenticator) private readonly authenticator: Pick<Authenticator, 'principalOf'>) {}

  /** Calls `end` when the credential no longer opens `permission`, or nobody can say so, until the returned function is called. */
  watch(credential: string, permission: PermissionKey, end: () => void): () => void {
    const key = `${permission} ${credential}`;
    const watched: Watched = this.#watched.get(key) ?? { ends: new Set(), timer: undefined };
    this.#watched.set(key, watched);
    // A function of its own, also where the same one is given twice.
    const own = (): void => end();
    watched.ends.add(own);
    watched.timer ??= this.#lookLater(key, watched, credential, permission);
    return () => {
      watched.ends.delete(own);
      if (watched.ends.size === 0) this.#forget(key, watched);
    };
  }

  onModuleDestroy(): void {
    for (const [key, watched] of this.#watched) this.#forget(key, watched);
  }

  #lookLater(key: string, watched: Watched, credential: string, permission: PermissionKey): NodeJS.Timeout {
    return setTimeout(() => {
      this.#look(credential, permission).then(
        (isOpen) => {
          if (!isOpen) this.#end(key, watched);
          else if (watched.ends.size > 0) watched.timer = this.#lookLater(key, watched, credential, permission);
        },
        (error: unknown) => {
          log.warn({ err: error }, 'cannot say whether the caller of a stream may still have it; ending it');
          this.#end(key, watched);
        },
      );
    }, LOOK_AGAIN_MS).unref();
  }

  /** @throws what keeps the authenticator from telling */
  async #look(credential: string, permission: PermissionKey): Promise<boolean> {
    try {
      const { scopes } = await this.authenticator.principalOf(credential);
      return scopes.includes(permission);
    } catch (error) {
      if (error instanceof PlinthError && error.family === 'caller') return false;
      throw error;
    }
  }

  #end(key: string, watched: Watched): void {
    const { ends } = watched;
    this.#forget(key, watched);
    for (const end of [...ends]) end();
  }

  #forget(key: string, watched: Watched): void {
    clearTimeout(watched.timer);
    if (this.#watched.get(key) === watched) this.#watched.delete(key);
  }
}
