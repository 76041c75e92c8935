import { STEP_CLASS } from '../progress.js';
import type { Session } from './session.js';

/** Says in advisory locks which migration the session is at: see progress.ts, which reads it. */
export class Announcement {
  #last: readonly [number, number] | undefined;

  constructor(private readonly session: Session) {}

  /** `place` of `total`, both from 1, at most 65,535; `timestamp` as in the migration's name. */
  async say(place: number, total: number, timestamp: number): Promise<void> {
    await this.clear();
    const step = place * 65_536 + total;
    await this.session.rows('select pg_try_advisory_lock_shared($1::int, $2::int), pg_try_advisory_lock_shared($3::bigint)', [STEP_CLASS, step, timestamp]);
    this.#last = [step, timestamp];
  }

  async clear(): Promise<void> {
    if (this.#last === undefined) return;
    await this.session.rows('select pg_advisory_unlock_shared($1::int, $2::int), pg_advisory_unlock_shared($3::bigint)', [STEP_CLASS, ...this.#last]);
    this.#last = undefined;
  }
}
