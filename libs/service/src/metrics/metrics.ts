import { eventCounters, type EventCounter } from '#database';
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

/** What this process measures, for Prometheus. */
export class Metrics {
  readonly registry = new Registry();
  readonly #events = new Map<string, Counter>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** How the text is to be named as content. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything measured, in the text format of Prometheus. */
  async text(): Promise<string> {
    for (const counter of eventCounters()) this.#copy(counter);
    return this.registry.metrics();
  }

  /** Counters of `eventCounter` may appear at any time; they show from the next reading on. */
  #copy(events: EventCounter): void {
    const known = this.#events.get(events.name);
    const counter = known ?? new Counter({ name: `plinth_${events.name}`, help: events.help, labelNames: events.labels, registers: [this.registry] });
    this.#events.set(events.name, counter);
    counter.reset();
    for (const { labels, count } of events.read()) counter.inc(labels, count);
  }
}
