import { setTimeout as pause } from 'node:timers/promises';
import { nameOf } from '../record/record-migration.js';
import type { CheckGround, CheckPart, CheckReport, PartReport } from './part.js';

export interface CheckOptions {
  /** After so long the parts that are not done are left to somebody else (CI). */
  readonly stopAfterMs?: number;
  /** Called before each part. */
  readonly onPart?: (part: CheckPart) => void;
}

/** One works in PostgreSQL while the other one works here. Against a clock the first question shall have both for itself: it matters most. */
const AT_ONCE = { withoutClock: 2, againstClock: 1 };

/**
 * Asks the parts in their order, two at a time, against a clock one. A part that fails could not look; the others are asked all the same. When the clock
 * stops, it answers at once: what is under way then ends by itself, or with the process.
 */
export async function runCheck(ground: CheckGround, parts: readonly CheckPart[], { stopAfterMs, onPart }: CheckOptions = {}): Promise<CheckReport> {
  const started = performance.now();
  const reports = new Map<CheckPart, PartReport>();
  const waiting = [...parts];
  const clock = new AbortController();
  const stopped = stopAfterMs === undefined ? [] : [untilAborted(stopAfterMs, clock.signal)];
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      onPart?.(part);
      reports.set(part, await ask(part, ground));
    }
  };
  const atOnce = stopAfterMs === undefined ? AT_ONCE.withoutClock : AT_ONCE.againstClock;
  await Promise.race([Promise.all(Array.from({ length: atOnce }, work)), ...stopped]);
  waiting.length = 0;
  clock.abort();
  return {
    parts: parts.map((part) => reports.get(part) ?? left(part)),
    migrations: ground.chosen.fresh.map(nameOf),
    because: ground.chosen.because,
    milliseconds: Math.round(performance.now() - started),
  };
}

/** Passes after so long, or as soon as nobody waits for it any more. */
async function untilAborted(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function ask(part: CheckPart, ground: CheckGround): Promise<PartReport> {
  const started = performance.now();
  const about = { name: part.name, asks: part.asks };
  try {
    const answer = await part.run(ground);
    const outcome = answer.findings.some(({ severity }) => severity === 'error') ? 'found' : 'held';
    return { ...about, ...answer, outcome, milliseconds: since(started) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...about, outcome: 'unknown', reason, lookedAt: 'nothing', findings: [], milliseconds: since(started) };
  }
}

function left({ name, asks }: CheckPart): PartReport {
  return { name, asks, outcome: 'left', lookedAt: 'nothing', findings: [], milliseconds: 0 };
}

function since(started: number): number {
  return Math.round(performance.now() - started);
}
