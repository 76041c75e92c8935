/** Labels that would tell of one organization or person, or have as many values as there are requests. */
const REFUSED_LABELS = /org|tenant|user|member|person|address|email|\bip\b|path|url|query|token|key|id$/i;
/** Combinations of labels that one counter keeps; what comes beyond is counted under `other`. */
const MOST_SERIES = 500;
const SEPARATOR = '\u001f';

/** One combination of labels and how often it was counted. */
export interface CountedEvents {
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
}

const counters = new Map<string, EventCounter>();

/**
 * Counts what happens in this process, by labels with few values. `/metrics` of every service shows all of them; whoever counts needs
 * neither that nor a module. Make one at the top of a file: the same name gives the same counter.
 */
export class EventCounter {
  readonly #counts = new Map<string, number>();

  /** Use eventCounter. */
  constructor(
    readonly name: string,
    readonly help: string,
    readonly labels: readonly string[],
  ) {}

  /** Counts `amount` events. A label that is not given counts as empty. */
  add(labels: Readonly<Record<string, string>> = {}, amount = 1): void {
    const wanted = this.labels.map((label) => labels[label] ?? '').join(SEPARATOR);
    const series = this.#counts.has(wanted) || this.#counts.size < MOST_SERIES ? wanted : this.labels.map(() => 'other').join(SEPARATOR);
    this.#counts.set(series, (this.#counts.get(series) ?? 0) + amount);
  }

  /** What was counted since the process began. */
  read(): CountedEvents[] {
    return [...this.#counts].map(([series, count]) => {
      const values = series.split(SEPARATOR);
      return { labels: Object.fromEntries(this.labels.map((label, index) => [label, values[index] ?? ''])), count };
    });
  }
}

/**
 * The counter of this name, made at its first mention: `eventCounter('run_transitions_total', 'Runs by the status they came to.', ['status'])`.
 * @throws TypeError for a label that could tell of an organization, a person or a single request
 */
export function eventCounter(name: string, help: string, labels: readonly string[] = []): EventCounter {
  const refused = labels.find((label) => REFUSED_LABELS.test(label));
  if (refused !== undefined)
    throw new TypeError(`The counter "${name}" may not have the label "${refused}": metrics tell nothing of one organization, person or request.`);
  const known = counters.get(name) ?? new EventCounter(name, help, labels);
  counters.set(name, known);
  return known;
}

/** Every counter of this process. */
export function eventCounters(): readonly EventCounter[] {
  return [...counters.values()];
}
