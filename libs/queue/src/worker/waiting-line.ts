import { ownerOf, type ClaimedJob } from './claimed-job.js';

/** Jobs that were claimed and wait for a free slot. Organizations take turns, each in the order it was given. */
export class WaitingLine {
  readonly #byOwner = new Map<string, ClaimedJob[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(job: ClaimedJob): void {
    const owner = ownerOf(job);
    const jobs = this.#byOwner.get(owner);
    if (jobs === undefined) this.#byOwner.set(owner, [job]);
    else jobs.push(job);
    this.#size++;
  }

  /** Takes the next job of the first owner that `mayRun` lets pass; that owner goes to the end of the line. */
  next(mayRun: (owner: string) => boolean): ClaimedJob | undefined {
    for (const [owner, jobs] of this.#byOwner) {
      if (!mayRun(owner)) continue;
      this.#byOwner.delete(owner);
      const job = jobs.shift();
      if (jobs.length > 0) this.#byOwner.set(owner, jobs);
      if (job !== undefined) this.#size--;
      return job;
    }
    return undefined;
  }

  /** Takes out the jobs that `test` names, or all. */
  remove(test: (job: ClaimedJob) => boolean = () => true): ClaimedJob[] {
    const removed: ClaimedJob[] = [];
    for (const [owner, jobs] of this.#byOwner) {
      const kept = jobs.filter((job) => !test(job));
      removed.push(...jobs.filter(test));
      if (kept.length === 0) this.#byOwner.delete(owner);
      else this.#byOwner.set(owner, kept);
    }
    this.#size -= removed.length;
    return removed;
  }

  /** Every waiting job. */
  *[Symbol.iterator](): IterableIterator<ClaimedJob> {
    for (const jobs of this.#byOwner.values()) yield* jobs;
  }
}
