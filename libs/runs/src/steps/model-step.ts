import { outOfTime, remainingLimits } from '../limits/limits.js';
import { ModelCallError } from '../models/errors.js';
import type { ModelAnswer, ModelRequest } from '../models/model.js';
import type { JsonObject } from '../json.js';
import { conversationOf } from '../engine/conversation.js';
import type { StepEnd } from '../persistence/boundary.js';
import { ended, type CallGuard, type StepOutcome, type StepTools, type StepWork } from './step-work.js';

/** Calls the language model, once, for at most the tokens that the run has left. What fails is the run's failure, and says whether the call may have been carried out. */
export async function modelStep(work: StepWork, { model, tools, defaultModel }: StepTools): Promise<StepOutcome> {
  const { agent, limits } = work.progress.run;
  const request = (signal: AbortSignal): ModelRequest => ({
    model: agent.model ?? defaultModel,
    messages: conversationOf(work.progress),
    tools: tools.specsFor(agent.tools).specs,
    parameters: agent.parameters,
    maxOutputTokens: remainingLimits(work.use, limits).maxTokens,
    idempotencyKey: work.step.id,
    signal,
  });
  return work.guarded(async (guard) => {
    try {
      return ended(answerEnd(await unlessAborted(model.complete(request(guard.signal)), guard.signal)));
    } catch (error) {
      return failure(work, guard, error);
    }
  });
}

/** A call that does not listen to its signal is not waited for. */
export function unlessAborted<T>(call: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.race([Promise.reject(signal.reason), call]);
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    call.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function failure(work: StepWork, guard: CallGuard, error: unknown): StepOutcome {
  if (guard.stopped === 'GONE') return { type: 'GONE' };
  if (guard.stopped === 'OUT_OF_TIME') {
    const { code, message } = outOfTime(work.progress.run.limits);
    return ended({ status: 'FAILED', output: null, errorCode: code, errorMessage: `${message} The model was being called; that call was ended.` });
  }
  work.logger.warn({ err: error, runId: work.progress.run.id, stepId: work.step.id }, 'a language model could not be called');
  if (error instanceof ModelCallError && error.outcome === 'refused')
    return ended({ status: 'FAILED', output: null, errorCode: error.code, errorMessage: error.message });
  const reason = error instanceof ModelCallError ? error.message : 'The call of the language model failed on our side.';
  return ended({
    status: 'FAILED',
    output: null,
    errorCode: 'CALL_OUTCOME_UNKNOWN',
    errorMessage: `${reason} It may have been carried out and paid for, so it is not repeated. Start the run again if that does no harm.`,
  });
}

function answerEnd({ content, toolCalls, finishReason, usage, costMicros, model }: ModelAnswer): StepEnd {
  const output: JsonObject = {
    content,
    toolCalls: toolCalls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })),
    finishReason,
    isEstimate: usage.isEstimate,
  };
  return { status: 'COMPLETED', output, model, inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, costMicros };
}
