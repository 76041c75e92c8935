import { setTimeout as pause } from 'node:timers/promises';
import { nameOf } from '../record/record-migration.js';
import type { CheckGround, CheckPart, CheckReport, PartReport } from './part.js';

export interface CheckOptions {
  /** After so long the parts that are not done are left to somebody else (CI). */
  readonly stopAfterMs?: number;
  /** Called before each part. */
  readonly onPart?: (part: CheckPart) => void;
}

const LATE = Symbol('late');

/** Runs the parts one after the other. A part that fails could not look; the others are asked all the same. Never throws. */
export async function runCheck(ground: CheckGround, parts: readonly CheckPart[], { stopAfterMs, onPart }: CheckOptions = {}): Promise<CheckReport> {
  const started = performance.now();
  const clock = new AbortController();
  const late = stopAfterMs === undefined ? new Promise<never>(() => undefined) : pause(stopAfterMs, LATE, { signal: clock.signal, ref: false });
  // Nobody may be waiting when the clock is stopped.
  late.catch(() => undefined);
  const reports: PartReport[] = [];
  for (const part of parts) {
    const isLate = stopAfterMs !== undefined && performance.now() - started >= stopAfterMs;
    if (!isLate) onPart?.(part);
    const report = isLate ? LATE : await Promise.race([ask(part, ground), late]);
    reports.push(report === LATE ? left(part) : report);
  }
  clock.abort();
  return {
    parts: reports,
    migrations: ground.chosen.fresh.map(nameOf),
    because: ground.chosen.because,
    milliseconds: Math.round(performance.now() - started),
  };
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
