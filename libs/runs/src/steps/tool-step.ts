import { outOfTime } from '../limits/limits.js';
import { unlessAborted } from './model-step.js';
import { ended, type StepOutcome, type StepTools, type StepWork } from './step-work.js';
import { checkArguments, errorEnd, noTool, resultEnd, toolNameOf } from './tool-call.js';

/** Calls a tool. What it throws, and arguments that it does not take, are told to the model, and the run goes on. */
export async function toolStep(work: StepWork, { tools }: StepTools): Promise<StepOutcome> {
  const { step, progress, db } = work;
  const { run } = progress;
  const name = toolNameOf(step);
  const tool = run.agent.tools.includes(name) ? tools.find(name) : undefined;
  if (tool === undefined) return ended(errorEnd(noTool(name)));
  const checked = checkArguments(step, tool);
  if (checked.problem !== undefined) return ended(errorEnd(checked.problem));
  const caller = { runId: run.id, stepId: step.id, agentName: run.agent.name, sessionId: run.sessionId };
  return work.guarded(async (guard) => {
    try {
      return ended(resultEnd(await unlessAborted(tool.call({ args: checked.args, caller, db, signal: guard.signal }), guard.signal)));
    } catch (error) {
      if (guard.stopped === 'GONE') return { type: 'GONE' };
      if (guard.stopped === 'OUT_OF_TIME') {
        const { code, message } = outOfTime(run.limits);
        return ended({ status: 'FAILED', output: null, errorCode: code, errorMessage: `${message} The tool "${name}" was being called; that call was ended.` });
      }
      return ended(errorEnd(error instanceof Error ? error.message : String(error)));
    }
  });
}
