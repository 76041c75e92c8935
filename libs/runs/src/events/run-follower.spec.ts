import { observeBatches } from '#database';
import { RunWatch } from '../engine/run-watch.js';
import { createRunsFixture, until, type RunsFixture, type RunsOrganization } from '../testing/runs-fixture.js';
import type { EventsPage } from './events-page.js';
import { Places } from './places.js';
import { RunFollower, type FollowOptions } from './run-follower.js';
import { RunTopic } from './run-topic.js';

let fixture: RunsFixture;
let org: RunsOrganization;
let watch: RunWatch;

beforeAll(async () => {
  fixture = await createRunsFixture();
  org = await fixture.organization();
  await org.agent('helper');
  watch = new RunWatch(fixture.database);
});
afterAll(async () => {
  await watch?.close();
  await fixture?.drop();
});

const LONG = 60_000;
const follower = (slowPollMs?: number, by = watch): RunFollower => new RunFollower(fixture.database.tenant(org.orgId), by, slowPollMs);
const options = (more: Partial<FollowOptions> = {}): FollowOptions => ({ after: 0, idleMs: LONG, signal: new AbortController().signal, ...more });
const numbers = async (page: Promise<IteratorResult<EventsPage, void>>): Promise<number[] | 'done'> => {
  const { value } = await page;
  return value === undefined ? 'done' : value.events.map(({ number }) => number);
};

/** Adds events to a run as a worker would, in one transaction. */
const happens = (runId: string, count = 1, status = 'RUNNING'): Promise<unknown> =>
  fixture.rows(
    `with counted as (update app.run set event_count = event_count + $2 where id = $1 returning org_id, id, event_count)
     insert into app.run_event (org_id, run_id, number, type, data)
     select org_id, id, event_count - $2 + n, 'RUN_STATUS', jsonb_build_object('status', $3::text) from counted, generate_series(1, $2::int) n`,
    [runId, count, status],
  );

describe('a follower', () => {
  it('gets what is there, then what comes, in pages of a hundred, and is done with the run', async () => {
    const id = await org.start('helper');
    await happens(id, 120);
    const followed = follower();
    const pages = followed.follow(id.toUpperCase(), options());
    expect(await numbers(pages.next())).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(await numbers(pages.next())).toHaveLength(21);
    const next = pages.next();
    await happens(id, 1, 'CANCELLED');
    expect(await numbers(next)).toEqual([122]);
    expect(await numbers(pages.next())).toBe('done');
    expect(followed.size).toBe(0);
  });

  it('is told nothing twice and misses nothing while it does not look', async () => {
    const id = await org.start('helper');
    const pages = follower().follow(id, options({ after: 1 }));
    expect(await numbers(pages.next())).toEqual([]);
    await happens(id);
    await happens(id);
    expect(await numbers(pages.next())).toEqual([2, 3]);
    await pages.return();
  });

  it('without any notification reads what happened with the slow poll', async () => {
    const id = await org.start('helper');
    const deaf = new RunWatch({ listen: () => Promise.resolve(() => Promise.resolve()) });
    const pages = follower(50, deaf).follow(id, options());
    await pages.next();
    await happens(id);
    expect(await numbers(pages.next())).toEqual([2]);
    await pages.return();
  });

  it('that began before anybody listened is woken when somebody does', async () => {
    const id = await org.start('helper');
    let listens = (): void => undefined;
    const late = new RunWatch({ listen: () => new Promise((resolve) => (listens = () => resolve(() => Promise.resolve()))) });
    const pages = follower(LONG, late).follow(id, options());
    await pages.next();
    await happens(id);
    const next = pages.next();
    listens();
    expect(await numbers(next)).toEqual([2]);
    await pages.return();
  });

  it('says after a while that nothing happens', async () => {
    const pages = follower().follow(await org.start('helper'), options({ idleMs: 10 }));
    await pages.next();
    expect(await numbers(pages.next())).toEqual([]);
    await pages.return();
  });

  it('that leaves is forgotten at once, also while it waits', async () => {
    const leaving = new AbortController();
    const followed = follower();
    const pages = followed.follow(await org.start('helper'), options({ signal: leaving.signal }));
    await pages.next();
    const waiting = pages.next();
    expect(followed.size).toBe(1);
    leaving.abort();
    expect(await numbers(waiting)).toBe('done');
    expect(followed.size).toBe(0);
  });

  it('of a run that has ended gets nothing after its last event, whatever number it names', async () => {
    const id = await org.start('helper');
    await org.runs.cancel(id);
    for (const after of [2, 900]) expect((await follower().follow(id, options({ after })).next()).value).toEqual({ events: [], isOver: true });
  });

  it('of a run of nobody, or of another organization, is told that there is none', async () => {
    const other = await fixture.organization();
    await other.agent('helper');
    for (const id of [await other.start('helper'), org.orgId, 'no id']) {
      const followed = follower();
      await expect(followed.follow(id, options()).next()).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
      expect(followed.size).toBe(0);
    }
  });

  it('of another organization is told that there is none also while its own organization follows it', async () => {
    const other = await fixture.organization();
    const id = await org.start('helper');
    const followed = new RunFollower(fixture.database.current, watch);
    const own = await org.asOwner(async () => ({ pages: followed.follow(id, options()) }));
    expect(await numbers(own.pages.next())).toEqual([1]);
    const theirs = await other.asOwner(async () => ({ pages: followed.follow(id, options()) }));
    await expect(theirs.pages.next()).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    await own.pages.return();
    expect(followed.size).toBe(0);
  });

  it('is refused where the organization follows as much as it may', async () => {
    const id = await org.start('helper');
    const followed = follower();
    const many = Array.from({ length: 2_000 }, () => followed.follow(id, options()));
    await Promise.all(many.map((pages) => pages.next()));
    await expect(followed.follow(id, options()).next()).rejects.toMatchObject({ code: 'FOLLOWERS_LIMIT', httpStatus: 429 });
    await Promise.all(many.map((pages) => pages.return()));
    expect(followed.size).toBe(0);
  });

  it('shares its statements with the others of the run: 500 of them read once for each wake-up', async () => {
    const id = await org.start('helper');
    const followed = follower();
    const all = Array.from({ length: 500 }, () => followed.follow(id, options()));
    await Promise.all(all.map((pages) => pages.next()));
    let statements = 0;
    const stop = observeBatches(() => (statements += 1));
    const next = all.map((pages) => numbers(pages.next()));
    await happens(id);
    expect(new Set((await Promise.all(next)).map(String))).toEqual(new Set(['2']));
    stop();
    expect(statements).toBeLessThanOrEqual(3);
    await Promise.all(all.map((pages) => pages.return()));
  });
});

describe('a topic', () => {
  const page: EventsPage = { events: [], isOver: false };

  it('makes one read of many wake-ups that come during a read', async () => {
    const topic = new RunTopic();
    let reads = 0;
    const read = async (): Promise<EventsPage> => {
      reads += 1;
      return page;
    };
    const first = topic.read(0, read);
    const seen = topic.version;
    for (let index = 0; index < 5; index += 1) topic.wake();
    await first;
    expect(await topic.changed(seen, LONG, new AbortController().signal)).toBe(true);
    const now = topic.version;
    await Promise.all([topic.read(0, read), topic.read(0, read)]);
    expect(reads).toBe(2);
    expect(await topic.changed(now, 1, new AbortController().signal)).toBe(false);
  });

  it('does not answer from a read that began before the wake-up', async () => {
    const topic = new RunTopic();
    const answers: EventsPage[] = [
      { events: [], isOver: false },
      { events: [], isOver: true },
    ];
    const read = async (): Promise<EventsPage> => answers.shift() ?? page;
    const before = topic.read(0, read);
    topic.wake();
    expect([(await before).isOver, (await topic.read(0, read)).isOver]).toEqual([false, true]);
  });
});

it('places are taken by so many at once, in turn, and given back by what fails', async () => {
  const places = new Places(2);
  let [running, most] = [0, 0];
  const work = async (index: number): Promise<number> => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => setImmediate(resolve));
    running -= 1;
    if (index === 1) throw new Error('failed');
    return index;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((index) => places.run(() => work(index))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect([running, most]).toEqual([0, 2]);
});

it('a watch that cannot listen tries again, and tells its followers when it can', async () => {
  let tries = 0;
  const stubborn = new RunWatch({
    listen: () => (++tries === 1 ? Promise.reject(new Error('no connection')) : Promise.resolve(() => Promise.resolve())),
  });
  let told = 0;
  const unfollow = stubborn.follow(org.orgId, org.userId, () => (told += 1));
  await until('it listens', () => told === 1);
  expect(tries).toBe(2);
  unfollow();
});
