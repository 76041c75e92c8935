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

/** Sends, and tells whoever observes. Without an observer it costs one comparison. */
export function sendObserved<T>(pool: string, statements: number, send: () => Promise<T>): Promise<T> {
  if (observers.size === 0) return send();
  const started = performance.now();
  const tell = (succeeded: boolean): void => {
    const durationMs = performance.now() - started;
    for (const observer of observers) observer({ pool, statements, durationMs, succeeded });
  };
  return send().then(
    (result) => (tell(true), result),
    (error: unknown) => {
      tell(false);
      throw error;
    },
  );
}
