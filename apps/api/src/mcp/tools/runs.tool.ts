import { RUN_STATUSES, type McpConfig } from '#database';
import { hasEnded, type RunsService, type RunView } from '#runs';
import type { RunWaits } from '../run-waits.js';
import { mcpTool, type McpCall, type McpTool } from '../tool.js';
import { CURSOR, LIMIT, RUN_ID, USUAL_LIST } from './parameters.js';

/** `get_run`, `list_runs` and `cancel_run`. */
export function runTools(runs: RunsService, waits: RunWaits, { maxWaitSeconds }: McpConfig): McpTool[] {
  return [getRun(runs, waits, maxWaitSeconds), listRuns(runs), cancelRun(runs)];
}

function getRun(runs: RunsService, waits: RunWaits, maxWaitSeconds: number): McpTool {
  return mcpTool({
    name: 'get_run',
    title: 'Look at a run',
    description: 'A run with its steps, in order. With waitSeconds it first waits until the run has ended or asks a person something, at most so long.',
    permission: 'run:read',
    effect: 'reads',
    waits: true,
    parameters: {
      type: 'object',
      properties: {
        runId: RUN_ID,
        waitSeconds: { type: 'integer', minimum: 0, maximum: maxWaitSeconds, default: 0 },
        stepLimit: { ...LIMIT, description: 'How many steps to show.' },
        stepCursor: { ...CURSOR, description: 'The nextCursor of the steps shown before.' },
      },
      required: ['runId'],
      additionalProperties: false,
    },
    call: async ({ runId, waitSeconds = 0, stepLimit = USUAL_LIST, stepCursor }, call) => {
      const run = await settled(runs, waits, runId, waitSeconds, call);
      return { run, steps: await runs.steps(run.id, { limit: stepLimit, cursor: stepCursor }) };
    },
  });
}

/** The run as it is now, or after the wait. */
async function settled(runs: RunsService, waits: RunWaits, runId: string, waitSeconds: number, call: McpCall): Promise<RunView> {
  const run = await runs.get(runId);
  if (waitSeconds === 0 || hasEnded(run.status) || run.status === 'WAITING_INPUT') return run;
  await waits.untilSettled(run.id, { after: run.eventCount, milliseconds: waitSeconds * 1_000 }, call);
  return runs.get(run.id);
}

function listRuns(runs: RunsService): McpTool {
  return mcpTool({
    name: 'list_runs',
    title: 'List runs',
    description: 'The runs of the organization in short, the newest first. All conditions hold together.',
    permission: 'run:read',
    effect: 'reads',
    parameters: {
      type: 'object',
      properties: {
        status: { enum: RUN_STATUSES },
        agentName: { type: 'string', minLength: 1, maxLength: 255 },
        sessionId: { type: 'string', minLength: 1, maxLength: 255 },
        limit: LIMIT,
        cursor: CURSOR,
      },
      additionalProperties: false,
    },
    call: async ({ limit = USUAL_LIST, ...filter }) => {
      const { items, nextCursor } = await runs.list({ ...filter, limit });
      return { items: items.map(inShort), nextCursor };
    },
  });
}

/** Prompts and outputs of many runs would be too much to read: `get_run` has them. */
function inShort({ id, agentName, status, sessionId, parentRunId, errorCode, stepCount, totalTokens, costMicros, createdAt, completedAt }: RunView) {
  return { id, agentName, status, sessionId, parentRunId, errorCode, stepCount, totalTokens, costMicros, createdAt, completedAt };
}

function cancelRun(runs: RunsService): McpTool {
  return mcpTool({
    name: 'cancel_run',
    title: 'Cancel a run',
    description: 'Cancels a run and the runs that it called. What they have done stays done.',
    permission: 'run:cancel',
    effect: 'ends',
    parameters: { type: 'object', properties: { runId: RUN_ID }, required: ['runId'], additionalProperties: false },
    call: async ({ runId }) => {
      const { id, status } = await runs.cancel(runId);
      return { runId: id, status };
    },
  });
}
