import type { RunEvent } from '#client';
import type { Terminal } from '../terminal/terminal.js';
import { plain } from '../terminal/plain.js';
import { duration, use } from '../terminal/units.js';

/** A run as it is followed: which, and how many runs are above it. */
export interface FollowedRun {
  readonly id: string;
  readonly depth: number;
}

/** Says what happens to a run and to those that it calls, a line each; nested runs are indented. */
export class ShownRun {
  readonly #begun = new Map<unknown, number>();

  constructor(
    private readonly terminal: Terminal,
    private readonly isJson: boolean,
  ) {}

  show({ id, depth }: FollowedRun, event: RunEvent): void {
    if (this.isJson) {
      this.terminal.out(JSON.stringify({ runId: id, depth, ...event }));
      return;
    }
    const line = this.#lineOf(event);
    if (line !== undefined) this.terminal.say(`${'  '.repeat(depth)}${line}`);
  }

  #lineOf({ type, data }: RunEvent): string | undefined {
    if (type === 'RUN_STATUS') return this.#statusLine(data);
    if (type === 'STEP_STARTED') {
      this.#begun.set(data['stepId'], performance.now());
      return data['type'] === 'AGENT' ? `${this.#stepName(data)} …` : undefined;
    }
    if (type === 'STEP_ENDED') return this.#stepLine(data);
    return undefined;
  }

  #statusLine(data: RunEvent['data']): string | undefined {
    const { paint } = this.#painter();
    if (data['status'] === 'FAILED') return paint('red', `failed: ${textOf(data['errorCode'])} ${textOf(data['errorMessage'])}`.trim());
    if (data['status'] === 'CANCELLED') return paint('yellow', 'cancelled');
    return data['status'] === 'QUEUED' ? paint('dim', 'queued') : undefined;
  }

  #stepLine(data: RunEvent['data']): string {
    const { paint } = this.#painter();
    const begun = this.#begun.get(data['stepId']);
    const isGood = data['status'] === 'COMPLETED';
    const outcome = isGood ? '' : paint('red', `${textOf(data['status']).toLowerCase()} ${textOf(data['errorCode'])}`.trim());
    const tokens = numberOf(data['inputTokens']) + numberOf(data['outputTokens']);
    const facts = [begun === undefined ? '' : duration(performance.now() - begun), use(tokens, numberOf(data['costMicros'])), outcome];
    return `${this.#stepName(data)}  ${paint('dim', facts.filter((fact) => fact !== '').join(', '))}`;
  }

  #stepName(data: RunEvent['data']): string {
    const number = this.#painter().paint('dim', `${String(numberOf(data['sequenceNumber'])).padStart(3)}.`);
    return [number, textOf(data['type']).toLowerCase(), textOf(data['name'])].filter((part) => part !== '').join(' ');
  }

  #painter(): Pick<Terminal, 'paint'> {
    return { paint: (colour, text) => this.terminal.paint(colour, text) };
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? plain(value) : '');
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
