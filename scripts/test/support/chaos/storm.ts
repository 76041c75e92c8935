import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../service-process.js';
import { KINDS, type Kind } from './mix.js';
import type { ChaosOrganization } from './organization.js';
import type { StartedRun } from './started-run.js';

const LOOK_EVERY_MS = 100;

/** The party of one organization: its owner, and the agents that were found in its repository. */
export interface Party {
  readonly organization: ChaosOrganization;
  readonly gitAgents: readonly string[];
}

/** Starts a mix of runs, answers what they ask, and cancels those that are to be cancelled. */
export class Storm {
  readonly runs: StartedRun[] = [];
  readonly #answering = new AbortController();
  #background: Promise<unknown> = Promise.resolve();

  constructor(private readonly parties: readonly Party[]) {}

  /** Starts `count` runs, one after `everyMs`, kind by kind and organization by organization. */
  async start(count: number, everyMs: number): Promise<void> {
    for (const { organization } of this.parties) this.#meanwhile(this.#answerAll(organization));
    for (let number = 0; number < count; number += 1) {
      const kind = at(KINDS, number);
      const party = at(this.parties, Math.floor(number / KINDS.length));
      const run: StartedRun = { id: await startRun(party, kind, number), kind, organization: party.organization };
      this.runs.push(run);
      if (kind.cancelAtStep !== undefined) this.#meanwhile(cancelAt(kind.cancelAtStep, run));
      await pause(everyMs);
    }
  }

  /** Waits until every run has ended. @throws what kept runs from being answered or cancelled */
  async end(withinMs: number): Promise<void> {
    for (const { id, organization } of this.runs) {
      await until(`run ${id} has ended`, withinMs, async () => (await organization.look(id)).hasEnded);
    }
    this.#answering.abort();
    await this.#background;
  }

  /** What fails is told at the end. */
  #meanwhile(work: Promise<void>): void {
    this.#background = Promise.all([this.#background, work]);
    this.#background.catch(() => undefined);
  }

  /** Answers every question but those of runs that are to be cancelled while they wait. */
  async #answerAll(organization: ChaosOrganization): Promise<void> {
    while (!this.#answering.signal.aborted) {
      for (const { id, runId } of await organization.openQuestions()) {
        if (this.#isToBeAnswered(runId)) await organization.answer(id, 7);
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  #isToBeAnswered(runId: string): boolean {
    return this.runs.find(({ id }) => id === runId)?.kind.ending === 'COMPLETED';
  }
}

function startRun({ organization, gitAgents }: Party, { agent, prompt }: Kind, number: number): Promise<string> {
  return organization.start(agent ?? at(gitAgents, number), prompt(number));
}

/** Cancels a run once it is in a step, or has ended otherwise. */
async function cancelAt(step: number, run: StartedRun): Promise<void> {
  const { id, organization } = run;
  await until(`run ${id} is in step ${step}`, 60_000, async () => {
    const { hasEnded, stepCount } = await organization.look(id);
    return hasEnded || stepCount >= step;
  });
  run.cancelled = await organization.cancel(id);
}

/** The item at a number, round and round. @throws where there are none */
function at<T>(items: readonly T[], number: number): T {
  const item = items[number % items.length];
  if (item === undefined) throw new Error('There are no items.');
  return item;
}
