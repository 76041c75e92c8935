import { setTimeout as pause } from 'node:timers/promises';
import { dataOf, type components, type PlinthClient } from '#client';

const LOOK_AGAIN_AFTER_MS = 150;

/** The run that a step of the type AGENT has called, as soon as it is there; undefined where the step ends without one. */
export async function nestedRunOf(client: PlinthClient, runId: string, stepId: unknown, signal: AbortSignal): Promise<string | undefined> {
  for (;;) {
    const step = await findStep(client, runId, stepId, signal);
    const nested = step?.input?.['runId'];
    if (typeof nested === 'string') return nested;
    if (step === undefined || step.completedAt !== null) return undefined;
    await pause(LOOK_AGAIN_AFTER_MS, undefined, { signal });
  }
}

async function findStep(client: PlinthClient, runId: string, stepId: unknown, signal: AbortSignal): Promise<components['schemas']['StepResponse'] | undefined> {
  let cursor: string | undefined;
  do {
    const page = await dataOf(client.GET('/v1/runs/{id}/steps', { params: { path: { id: runId }, query: { limit: 100, cursor } }, signal }));
    const step = page.items.find(({ id }) => id === stepId);
    if (step !== undefined) return step;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return undefined;
}
