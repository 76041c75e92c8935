import { availableParallelism } from 'node:os';
import { hash, verify, type Options } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { PasswordLengthError } from '../errors.js';
import { HashingPlaces } from './hashing-places.js';

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;

/** OWASP's smallest recommended argon2id: 19 MiB, 2 passes, 1 lane. The package's default algorithm is argon2id (a test looks). */
const PARAMETERS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/** Each running hash takes 19 MiB and one core. */
const RUNNING = Math.min(4, Math.max(2, availableParallelism()));
/** At some 30 ms each the last in line waits about half a second. */
const WAITING = 32;
const RETRY_AFTER_SECONDS = 1;

/** A password in the one form that is hashed: the same characters typed on another keyboard give the same bytes. */
function canonical(password: string): string {
  return password.normalize('NFKC');
}

/** Makes and checks argon2id hashes, a few at a time. */
@Injectable()
export class PasswordHasher {
  readonly #places = new HashingPlaces(RUNNING, WAITING, RETRY_AFTER_SECONDS);
  #nobody: Promise<string> | undefined;

  /**
   * The hash of a new password, with its parameters and a random salt.
   * @throws PasswordLengthError outside of 12 to 128 characters; PasswordHashingBusyError when all places are taken.
   */
  async hash(password: string): Promise<string> {
    const text = canonical(password);
    const { length } = [...text];
    if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) throw new PasswordLengthError(SHORTEST_PASSWORD, LONGEST_PASSWORD);
    return await this.#places.run(() => hash(text, PARAMETERS));
  }

  /**
   * Takes a place, asks `find` for the account, and returns it if the password is its own. Where there is no account the same
   * work is done on a hash of nobody's, so that the time does not tell which it was. The account is fetched inside the place,
   * so that attempts cannot pile up between being counted and being checked.
   * @throws PasswordHashingBusyError when all places are taken; whatever `find` throws.
   */
  async authenticate<A extends { readonly passwordHash: string }>(password: string, find: () => Promise<A | undefined>): Promise<A | undefined> {
    return await this.#places.run(async () => {
      const nobody = await this.#hashOfNobody();
      const account = await find();
      const matches = await verify(account?.passwordHash ?? nobody, canonical(password));
      return matches ? account : undefined;
    });
  }

  #hashOfNobody(): Promise<string> {
    this.#nobody ??= hash(crypto.randomUUID(), PARAMETERS);
    return this.#nobody;
  }
}
