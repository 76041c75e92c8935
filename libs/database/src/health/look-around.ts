import { databaseCheck } from './checks/database.check.js';
import { reasonOf, unknown, type Finding, type HealthCheck } from './finding.js';
import { HealthTimeoutError, type HealthConnection } from './health-connection.js';

/** What each check found, by its name. */
export type Findings = Readonly<Record<string, Finding>>;

/**
 * Looks at the database and, where that answers, at everything else. All of it together takes at most `timeoutMs`: what has no answer
 * by then is unknown.
 */
export async function lookAround(connection: HealthConnection, checks: readonly HealthCheck[], timeoutMs: number): Promise<Findings> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new HealthTimeoutError(timeoutMs)), timeoutMs);
  try {
    const database = await look(databaseCheck, connection, controller.signal);
    const others = await Promise.all(
      checks.map(
        async (check) =>
          [check.name, database.status === 'up' ? await look(check, connection, controller.signal) : unknown('the database does not answer')] as const,
      ),
    );
    return { [databaseCheck.name]: database, ...Object.fromEntries(others) };
  } finally {
    clearTimeout(timer);
  }
}

async function look(check: HealthCheck, connection: HealthConnection, signal: AbortSignal): Promise<Finding> {
  try {
    return await orTimeout(
      signal,
      check.look(async (text, values = []) => connection.query(text, values, signal)),
    );
  } catch (error) {
    return unknown(reasonOf(error));
  }
}

/**
 * A probe need not look at the signal: its answer is not waited for once the time is over. A check that does is given the turn of
 * the event loop it needs to say what the end of its statement means.
 */
async function orTimeout<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const over = new Promise<never>((_resolve, reject) => {
    const stop = (): unknown => setImmediate(() => reject(signal.reason instanceof Error ? signal.reason : new Error('ended')));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, over]);
}
