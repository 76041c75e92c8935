import type { AuthConnection } from '#database';

/** What is to be added to one shared counter. */
export interface Increment {
  readonly key: string;
  readonly points: number;
  /** When the counter may be forgotten, in Unix milliseconds. */
  readonly expire: number;
}

/** Counters that all processes share. */
export interface CounterStore {
  /** Adds to several counters at once and returns what each has come to, over all processes. Keys do not repeat. */
  add(increments: readonly Increment[]): Promise<ReadonlyMap<string, number>>;
  /** Forgets some of the counters that are over. */
  forgetExpired(now: number): Promise<void>;
}

// In the order of the keys: two processes that add to the same counters never wait for each other in a circle.
const ADD = `insert into app.rate_limit (key, points, expire)
  select u.key, u.points, u.expire from unnest(:keys::text[], :points::integer[], :expires::bigint[]) as u (key, points, expire) order by u.key
  on conflict (key) do update set points = rate_limit.points + excluded.points
  returning key, points`;

// What somebody is counting in at this moment is left to the next time: in another order than theirs, waiting for it could be a circle.
const FORGET = `delete from app.rate_limit where key in (
  select key from app.rate_limit where expire < :now::bigint order by expire limit 1000 for update skip locked)`;

/** The counters in the table `rate_limit`. */
export function rateLimitStore(auth: AuthConnection): CounterStore {
  return {
    async add(increments) {
      const rows = await auth.query<{ key: string; points: number }>(ADD, {
        keys: increments.map(({ key }) => key),
        points: increments.map(({ points }) => points),
        expires: increments.map(({ expire }) => expire),
      });
      return new Map(rows.map(({ key, points }) => [key, points]));
    },
    async forgetExpired(now) {
      await auth.execute(FORGET, { now });
    },
  };
}
