import { PlinthProtocolError, PlinthUnreachableError } from './errors.js';
import { isRecord, problemOf } from './problem-of.js';

/** The tokens of somebody who signed in. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** What a request is made with, and how that is renewed. */
export interface Authorization {
  /** The bearer token of the next request; undefined for a caller who is nobody. */
  current(): string | undefined;
  /**
   * Called when a request with `refused` was answered 401: answers whether another attempt makes sense. However many requests fail at
   * once, one renewal is made.
   * @throws PlinthApiError where the session cannot be renewed
   */
  renew(refused: string | undefined): Promise<boolean>;
}

/** A token that stays as it is: an API key, or an access token without its refresh token. */
export function fixedAuthorization(token: string | undefined): Authorization {
  return { current: () => token, renew: () => Promise.resolve(false) };
}

/** A session that is renewed when its access token has expired. */
export class SessionAuthorization implements Authorization {
  #tokens: Tokens;
  #renewing: Promise<void> | undefined;

  /** @param keep is handed every new pair of tokens before it is used */
  constructor(
    tokens: Tokens,
    private readonly baseUrl: string,
    private readonly fetch: typeof globalThis.fetch,
    private readonly keep: (tokens: Tokens) => void | Promise<void>,
  ) {
    this.#tokens = tokens;
  }

  current(): string {
    return this.#tokens.accessToken;
  }

  async renew(refused: string | undefined): Promise<boolean> {
    // Somebody else's request has renewed it meanwhile.
    if (refused !== this.#tokens.accessToken) return true;
    this.#renewing ??= this.#exchange().finally(() => {
      this.#renewing = undefined;
    });
    await this.#renewing;
    return true;
  }

  async #exchange(): Promise<void> {
    const url = `${this.baseUrl}/v1/auth/refresh`;
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken: this.#tokens.refreshToken }),
    };
    const response = await this.fetch(url, init).catch((cause: unknown) => {
      throw new PlinthUnreachableError(this.baseUrl, cause);
    });
    if (!response.ok) throw await problemOf(response);
    const body: unknown = await response.json();
    if (!isRecord(body) || typeof body['accessToken'] !== 'string' || typeof body['refreshToken'] !== 'string')
      throw new PlinthProtocolError('a session without tokens');
    const tokens = { accessToken: body['accessToken'], refreshToken: body['refreshToken'] };
    await this.keep(tokens);
    this.#tokens = tokens;
  }
}
