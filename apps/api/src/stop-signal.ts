import type { Logger } from '#database';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** Requests that still run are waited for this long, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Stops the process cleanly at the first signal that asks for it: `stop` first, then the end with 0. Later signals are
 * ignored (Ctrl-C reaches a process once from the terminal and once from whoever started it). What does not end in time is
 * cut off with 1.
 */
export function onStopSignal(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      logger.info({ signal }, 'Stopping');
      setTimeout(() => {
        logger.error(`Some work did not end within ${PATIENCE_MS} ms; it is cut off`);
        process.exit(1);
      }, PATIENCE_MS).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ err: error }, 'Stopping failed');
          process.exit(1);
        },
      );
    });
  }
}
