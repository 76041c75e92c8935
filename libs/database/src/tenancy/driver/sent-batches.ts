import { SpanKind } from '@opentelemetry/api';
import { activeTracer, inSpan } from '../../tracing/in-span.js';
import type { WireStatement } from './wire.js';

/** One batch of statements that went to PostgreSQL in one round trip. */
export interface SentBatch {
  /** The pool whose connection it went over. */
  readonly pool: string;
  /** Its statements, those that enter the role and the organization included. */
  readonly statements: number;
  /** From sending to the last answer, in milliseconds. */
  readonly durationMs: number;
  readonly succeeded: boolean;
}

type Observer = (batch: SentBatch) => void;

const observers = new Set<Observer>();

/** Tells `observer` of every batch of this process once it is answered. @returns what stops that */
export function observeBatches(observer: Observer): () => void {
  observers.add(observer);
  return () => void observers.delete(observer);
}

/**
 * Sends, in a span of its own, and tells whoever observes. Where nobody does it costs two comparisons. The span holds the statements'
 * texts, whose values are parameters and stay out of it.
 */
export function sendObserved<T>(pool: string, statements: readonly WireStatement[], send: () => Promise<T>): Promise<T> {
  const told = observers.size === 0 ? send : () => sendTelling(pool, statements.length, send);
  if (activeTracer() === undefined) return told();
  const facts = () => ({
    kind: SpanKind.CLIENT,
    attributes: { 'db.system.name': 'postgresql', 'plinth.pool': pool, 'db.query.text': statements.map(({ text }) => text).join(';\n') },
  });
  return inSpan(`postgresql ${pool}`, facts, told);
}

function sendTelling<T>(pool: string, statements: number, send: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const tell = (succeeded: boolean): void => {
    const durationMs = performance.now() - started;
    for (const observer of observers) observer({ pool, statements, durationMs, succeeded });
  };
  return send().then(
    (result) => {
      tell(true);
      return result;
    },
    (error: unknown) => {
      tell(false);
      throw error;
    },
  );
}
