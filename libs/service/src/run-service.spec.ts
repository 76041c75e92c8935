import { jest } from '@jest/globals';
import { PlinthError } from '#database';
import { runService, type StartContext } from './run-service.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

class WrongSettingError extends PlinthError {
  readonly code = 'WRONG_SETTING';
  readonly family = 'operator';
}

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly code?: string;
  readonly err?: { readonly stack: string };
}

/** One service in this process: the signals are sent by hand, and its end is noted instead of happening. */
class Life {
  readonly lines: Line[] = [];
  readonly exits: number[] = [];
  readonly #ended: Promise<void>;

  constructor() {
    const { promise, resolve } = withResolver();
    this.#ended = promise;
    jest.spyOn(process, 'exit').mockImplementation(((code: number) => {
      this.exits.push(code);
      resolve();
    }) as typeof process.exit);
  }

  async run(start: (context: StartContext) => Promise<void>): Promise<void> {
    await runService('trial', async (context) => {
      for (const level of ['info', 'error', 'fatal'] as const) {
        jest.spyOn(context.logger, level).mockImplementation((...entry: unknown[]) => {
          const fields = entry.length > 1 ? (entry[0] as object) : {};
          this.lines.push({ level, msg: String(entry.at(-1)), ...fields });
        });
      }
      await start(context);
    });
  }

  /** The code of the first end. */
  async end(): Promise<number | undefined> {
    await this.#ended;
    return this.exits[0];
  }
}

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const never = (): Promise<never> => new Promise(() => undefined);

describe('the life of a service', () => {
  const before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal)]));
  let life: Life;
  beforeEach(() => {
    life = new Life();
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    for (const signal of SIGNALS) {
      for (const listener of process.listeners(signal)) {
        if (before.get(signal)?.includes(listener) === false) process.removeListener(signal, listener);
      }
    }
  });

  it.each(SIGNALS)('%s takes down what was brought up, the newest first, and ends with 0', async (signal) => {
    const undone: string[] = [];
    await life.run(async ({ onStop }) => {
      onStop(async () => undone.push('environment'));
      onStop(async () => undone.push('application'));
    });
    process.emit(signal, signal);
    expect(await life.end()).toBe(0);
    expect(undone).toEqual(['application', 'environment']);
    expect(life.lines.map(({ msg }) => msg)).toEqual(['Stopping', 'Stopped']);
  });

  it('takes the signal that npm passes on for the same one, and a later one as the order to end at once', async () => {
    jest.useFakeTimers();
    await life.run(async ({ onStop }) => onStop(never, 60_000));
    process.emit('SIGINT', 'SIGINT');
    jest.advanceTimersByTime(900);
    process.emit('SIGTERM', 'SIGTERM');
    expect(life.exits).toEqual([]);
    jest.advanceTimersByTime(200);
    process.emit('SIGINT', 'SIGINT');
    expect(await life.end()).toBe(1);
  });

  it('cuts off what does not end in time, still takes down the rest, and ends with 1', async () => {
    const undone: string[] = [];
    await life.run(async ({ onStop }) => {
      onStop(async () => undone.push('environment'));
      onStop(never, 20);
    });
    process.emit('SIGTERM', 'SIGTERM');
    expect(await life.end()).toBe(1);
    expect(undone).toEqual(['environment']);
    expect(life.lines.at(-1)).toMatchObject({ level: 'error', msg: expect.stringContaining('within 20 ms') });
  });

  it('goes on taking down after a step that failed, and ends with 1', async () => {
    const undone: string[] = [];
    await life.run(async ({ onStop }) => {
      onStop(async () => undone.push('environment'));
      onStop(() => Promise.reject(new Error('stuck')));
    });
    process.emit('SIGTERM', 'SIGTERM');
    expect(await life.end()).toBe(1);
    expect(undone).toEqual(['environment']);
  });

  it('a signal while it starts takes down what is up so far', async () => {
    const undone: string[] = [];
    const halfWay = withResolver();
    void life.run(async ({ onStop }) => {
      onStop(async () => undone.push('environment'));
      halfWay.resolve();
      await never();
    });
    await halfWay.promise;
    process.emit('SIGTERM', 'SIGTERM');
    expect(await life.end()).toBe(0);
    expect(undone).toEqual(['environment']);
  });

  it("reports an operator's error as one line without a stack, undoes what was done, and ends with 1", async () => {
    const undone: string[] = [];
    await life.run(async ({ onStop }) => {
      onStop(async () => undone.push('environment'));
      throw new WrongSettingError('Set PORT to a number.');
    });
    expect(await life.end()).toBe(1);
    expect(undone).toEqual(['environment']);
    expect(life.lines).toEqual([{ level: 'fatal', code: 'WRONG_SETTING', msg: 'Set PORT to a number.' }]);
  });

  it('reports what nobody foresaw with its stack', async () => {
    await life.run(() => Promise.reject(new TypeError('no such thing')));
    expect(await life.end()).toBe(1);
    expect(life.lines).toEqual([{ level: 'fatal', msg: 'The trial could not start', err: expect.objectContaining({ message: 'no such thing' }) }]);
  });
});
