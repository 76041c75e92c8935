import { createInterface, type Interface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';

/** A question that stands. */
interface Question {
  readonly text: string;
  readonly isHidden: boolean;
  /** Looks again whether it is its turn. */
  wake: () => void;
}

/**
 * Lines that are typed or piped in, each handed to one question. Nothing is read before the first question, and nothing that came
 * before a question is lost, so that answers can be piped in all at once. Where several questions stand, the last one is asked first.
 */
export class Lines {
  #reader: Interface | undefined;
  #isOver = false;
  readonly #come: string[] = [];
  readonly #questions: Question[] = [];
  #onInterrupt: (() => void) | undefined;

  constructor(
    private readonly input: Readable,
    private readonly echo: Writable,
    private readonly isInteractive: boolean,
  ) {}

  /** Called for Ctrl-C once something was asked: it is no signal from then on. */
  onInterrupt(listener: () => void): void {
    this.#onInterrupt = listener;
  }

  /**
   * Asks and waits for one line.
   * @param isHidden shows nothing of what is typed
   * @returns undefined where there are no more
   * @throws the reason of the signal
   */
  async next(text: string, { isHidden = false, signal }: { readonly isHidden?: boolean; readonly signal?: AbortSignal } = {}): Promise<string | undefined> {
    signal?.throwIfAborted();
    const question: Question = { text, isHidden, wake: () => undefined };
    const wake = (): void => question.wake();
    this.#questions.push(question);
    this.#show();
    signal?.addEventListener('abort', wake, { once: true });
    try {
      while (!this.#hasTurn(question) && signal?.aborted !== true) await new Promise<void>((resolve) => (question.wake = resolve));
      signal?.throwIfAborted();
      return this.#come.shift();
    } finally {
      signal?.removeEventListener('abort', wake);
      this.#questions.splice(this.#questions.indexOf(question), 1);
      if (this.isInteractive && (isHidden || signal?.aborted === true)) this.echo.write('\n');
      this.#show();
      this.#wakeAll();
    }
  }

  /** Lets go of the input, so that the process can end. */
  close(): void {
    this.#reader?.close();
    this.input.pause();
  }

  #hasTurn(question: Question): boolean {
    return this.#questions.at(-1) === question && (this.#come.length > 0 || this.#isOver);
  }

  /** Shows the question whose turn it is, where there is somebody to see it. */
  #show(): void {
    const question = this.#questions.at(-1);
    if (question === undefined) return;
    const reader = this.#open();
    if (!this.isInteractive || this.#isOver) return;
    this.echo.write(question.isHidden ? question.text : '');
    reader.setPrompt(question.text);
    reader.prompt();
  }

  #wakeAll(): void {
    for (const question of [...this.#questions]) question.wake();
  }

  #open(): Interface {
    this.#reader ??= this.#made();
    return this.#reader;
  }

  #made(): Interface {
    const shown = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (this.#questions.at(-1)?.isHidden !== true) this.echo.write(chunk);
        done();
      },
    });
    const reader = createInterface({ input: this.input, output: this.isInteractive ? shown : undefined, terminal: this.isInteractive });
    reader.on('line', (line) => {
      this.#come.push(line);
      this.#wakeAll();
    });
    reader.once('close', () => {
      this.#isOver = true;
      this.#wakeAll();
    });
    reader.on('SIGINT', () => {
      if (this.#onInterrupt === undefined) reader.close();
      else this.#onInterrupt();
    });
    return reader;
  }
}
