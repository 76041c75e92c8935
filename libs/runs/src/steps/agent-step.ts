import { newId, type TenantConnection } from '#database';
import { enqueue } from '#queue';
import { remainingLimits } from '../limits/limits.js';
import { insertRun } from '../persistence/new-run.js';
import { findNestedRun, nameNestedRun, type NestedRun } from '../persistence/nested-runs.js';
import type { StepEnd } from '../persistence/boundary.js';
import { runAdvance } from '../run-advance.job-definition.js';
import type { AgentSnapshot } from '../runs.types.js';
import { hasEnded } from '../states/run-states.js';
import { ended, type StepOutcome, type StepTools, type StepWork } from './step-work.js';
import { builtInArguments, errorEnd, resultEnd } from './tool-call.js';

/** Runs another agent: makes the nested run, or looks how it stands. What keeps it from being made is told to the model. */
export async function agentStep(work: StepWork, tools: StepTools): Promise<StepOutcome> {
  const childId = work.step.input?.['runId'];
  if (typeof childId === 'string') return resultOf(work.db, childId);
  const checked = builtInArguments(work);
  if (checked.problem !== undefined) return ended(errorEnd(checked.problem));
  const name = textOf(checked.args['agent']);
  const refusal = refusalOf(work, name);
  if (refusal !== undefined) return ended(errorEnd(refusal));
  const agent = await tools.agents.find(work.db, { name });
  if (agent === undefined) return ended(errorEnd(`AGENT_NOT_FOUND: There is no active agent named "${name}".`));
  return begin(work, agent, textOf(checked.args['prompt']));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Why the agent may not be called from here; undefined: it may. */
function refusalOf({ progress }: StepWork, name: string): string | undefined {
  const { agent, callStack, limits } = progress.run;
  const stack = [...callStack, agent.name];
  if (stack.includes(name)) return `AGENT_CYCLE: "${name}" is running already: ${[...stack, name].join(' → ')}. Do without it, or call another agent.`;
  if (stack.length >= limits.maxDepth)
    return `AGENT_TOO_DEEP: agents call agents ${limits.maxDepth} deep here, and ${[...stack, name].join(' → ')} would be deeper. Do it yourself.`;
  return undefined;
}

/** The nested run, its job and its id on the step: all or none. */
async function begin(work: StepWork, agent: AgentSnapshot, prompt: string): Promise<StepOutcome> {
  const { run } = work.progress;
  const id = newId();
  const made = await work.db.transaction(async (tx) => {
    if (!(await nameNestedRun(tx, run, work.step.id, id))) return false;
    const callStack = [...run.callStack, run.agent.name];
    const limits = remainingLimits(work.use, run.limits);
    await insertRun(tx, { id, agent, prompt, limits, sessionId: run.sessionId, createdBy: run.createdBy, parentRunId: run.id, callStack }, null);
    await enqueue(tx, runAdvance, { runId: id, turn: 0 });
    return true;
  });
  return made ? { type: 'WAITS' } : { type: 'GONE' };
}

async function resultOf(db: TenantConnection, childId: string): Promise<StepOutcome> {
  const child = await findNestedRun(db, childId);
  if (child === undefined) return ended(errorEnd('The run of that agent is gone.'));
  if (!hasEnded(child.status)) return { type: 'WAITS' };
  const { tokens, costMicros, waitedMs } = child;
  return ended({ ...endOf(child), metadata: { nested: { tokens, costMicros, waitedMs } } });
}

function endOf({ status, output, errorCode, errorMessage }: NestedRun): StepEnd {
  if (status === 'COMPLETED') return resultEnd(output);
  if (status === 'CANCELLED') return errorEnd('The run of that agent was cancelled.');
  return errorEnd(`${errorCode ?? 'FAILED'}: ${errorMessage ?? 'The run of that agent failed.'}`);
}
