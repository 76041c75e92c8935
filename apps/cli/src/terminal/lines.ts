import { createInterface, type Interface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';

/**
 * Lines that are typed or piped in, each handed to one question. Nothing is read before the first question, and nothing that came
 * before a question is lost, so that answers can be piped in all at once.
 */
export class Lines {
  #reader: Interface | undefined;
  #isOver = false;
  #isHidden = false;
  readonly #come: string[] = [];
  #waiting: (() => void) | undefined;
  #onInterrupt: (() => void) | undefined;

  constructor(
    private readonly input: Readable,
    private readonly echo: Writable,
    private readonly isInteractive: boolean,
  ) {}

  /** Called for Ctrl-C while a question stands, which is then no signal. */
  onInterrupt(listener: () => void): void {
    this.#onInterrupt = listener;
  }

  /**
   * Asks and waits for one line.
   * @param isHidden shows nothing of what is typed
   * @returns undefined where there are no more
   * @throws the reason of the signal
   */
  async next(question: string, { isHidden = false, signal }: { readonly isHidden?: boolean; readonly signal?: AbortSignal } = {}): Promise<string | undefined> {
    signal?.throwIfAborted();
    const reader = this.#open();
    if (this.isInteractive) {
      reader.setPrompt(question);
      reader.prompt();
      this.#isHidden = isHidden;
    }
    const wake = (): void => this.#waiting?.();
    signal?.addEventListener('abort', wake, { once: true });
    try {
      while (this.#come.length === 0 && !this.#isOver && signal?.aborted !== true) await new Promise<void>((resolve) => (this.#waiting = resolve));
    } finally {
      signal?.removeEventListener('abort', wake);
      if (isHidden && this.isInteractive) this.echo.write('\n');
      this.#isHidden = false;
    }
    signal?.throwIfAborted();
    return this.#come.shift();
  }

  /** Lets go of the input, so that the process can end. */
  close(): void {
    this.#reader?.close();
    this.input.pause();
  }

  #open(): Interface {
    if (this.#reader !== undefined) return this.#reader;
    const shown = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (!this.#isHidden) this.echo.write(chunk);
        done();
      },
    });
    const reader = createInterface({ input: this.input, output: this.isInteractive ? shown : undefined, terminal: this.isInteractive });
    reader.on('line', (line) => {
      this.#come.push(line);
      this.#waiting?.();
    });
    reader.once('close', () => {
      this.#isOver = true;
      this.#waiting?.();
    });
    reader.on('SIGINT', () => this.#onInterrupt?.());
    this.#reader = reader;
    return reader;
  }
}
