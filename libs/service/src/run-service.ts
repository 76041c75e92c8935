import { createLogger, PlinthError, type Logger } from '#database';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** Ctrl-C reaches a process once from the terminal and once from the npm that started it: what comes this soon is the same one. */
const SAME_SIGNAL_MS = 1_000;
const STEP_WITHIN_MS = 10_000;

/** What a service has at hand while it starts. */
export interface StartContext {
  readonly logger: Logger;
  /**
   * Says how to undo what was just done. The last step said runs first. One that takes longer than `withinMs`
   * (milliseconds, default 10,000) is not waited for any longer.
   */
  readonly onStop: (step: () => Promise<unknown>, withinMs?: number) => void;
}

/**
 * The life of a service's process: `start` brings it up and says step by step how it is taken down again.
 *
 * - The first SIGTERM, SIGINT or SIGHUP runs these steps, even while `start` is still at work, and ends the process: with 0, or
 *   with 1 where a step failed or took too long. A second signal ends it at once with 1.
 * - A start that fails is reported, what was done is undone, and the process ends with 1. An operator's error is one line that
 *   says what to do; only others show their stack.
 *
 * Resolves when the service is up, and never rejects.
 */
export async function runService(name: string, start: (context: StartContext) => Promise<void>): Promise<void> {
  const logger = createLogger(name);
  const steps = new StopSteps(logger);
  let stoppingSince: number | undefined;

  const onSignal = (signal: NodeJS.Signals): void => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = Date.now();
    logger.info({ signal }, 'Stopping');
    void steps.run().then((clean) => {
      if (clean) logger.info('Stopped');
      process.exit(clean ? 0 : 1);
    });
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);

  try {
    await start({ logger, onStop: (run, withinMs = STEP_WITHIN_MS) => steps.add({ run, withinMs }) });
  } catch (error) {
    if (stoppingSince !== undefined) {
      logger.debug({ err: error }, 'The start ended because the process is stopping');
      return;
    }
    stoppingSince = Date.now();
    report(logger, error, name);
    await steps.run();
    process.exit(1);
  }
}

/** An operator's error says what to do; its stack would only hide that. */
function report(logger: Logger, error: unknown, name: string): void {
  if (error instanceof PlinthError && error.family === 'operator') logger.fatal({ code: error.code }, error.message);
  else logger.fatal({ err: error }, `The ${name} could not start`);
}

interface StopStep {
  readonly run: () => Promise<unknown>;
  readonly withinMs: number;
}

class StopSteps {
  readonly #steps: StopStep[] = [];

  constructor(private readonly logger: Logger) {}

  add(step: StopStep): void {
    this.#steps.push(step);
  }

  /** Runs all of them, the newest first, whatever becomes of the others. True where each ended well and in time. */
  async run(): Promise<boolean> {
    let clean = true;
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      if (!(await this.#endsWell(step))) clean = false;
    }
    return clean;
  }

  async #endsWell({ run, withinMs }: StopStep): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), withinMs);
    });
    try {
      const inTime = await Promise.race([run().then(() => true), late]);
      if (!inTime) this.logger.error({ withinMs }, `Some work did not end within ${withinMs} ms; it is cut off`);
      return inTime;
    } catch (error) {
      this.logger.error({ err: error }, 'Stopping failed');
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
