import { PlinthProtocolError } from '../errors.js';
import { isRecord } from '../problem-of.js';
import type { ServerSentEvent } from './sse-parser.js';

/** Something that happened to a run; what `data` holds follows from `type`. */
export interface RunEvent {
  /** From 1, without gaps. */
  readonly number: number;
  /** As `RUN_STATUS`, `STEP_STARTED`, `STEP_ENDED`, `INPUT_REQUESTED`, `INPUT_ANSWERED`; there may be more one day. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const ENDED = new Set<unknown>(['COMPLETED', 'FAILED', 'CANCELLED']);

/** True for the event after which a run has no others. */
export function endsRun({ type, data }: RunEvent): boolean {
  return type === 'RUN_STATUS' && ENDED.has(data['status']);
}

/** @throws PlinthProtocolError where it is none */
export function toRunEvent({ id, event, data }: ServerSentEvent): RunEvent {
  const facts = parsed(data);
  if (!/^\d+$/.test(id) || facts === undefined) throw new PlinthProtocolError(`the event "${id}" (${event}) of a run`);
  return { number: Number(id), type: event, data: facts };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
