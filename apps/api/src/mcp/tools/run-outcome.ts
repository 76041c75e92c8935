import { hasEnded, type InputRequestsService, type RunsService, type RunView } from '#runs';

/** Where a run stands, for somebody who started it or waited for it. */
export interface RunOutcome {
  readonly runId: string;
  readonly status: RunView['status'];
  readonly output: RunView['output'];
  readonly error: { readonly code: string; readonly message: string | null } | null;
  /** What the run waits for. */
  readonly inputRequests: readonly { readonly id: string; readonly prompt: string; readonly schema: unknown }[];
  /** What to do next, in a sentence. */
  readonly next: string;
}

/** Where the run stands now. @throws RunNotFoundError */
export async function outcomeOf(runs: RunsService, questions: InputRequestsService, runId: string): Promise<RunOutcome> {
  const { id, status, output, errorCode, errorMessage } = await runs.get(runId);
  const open = status === 'WAITING_INPUT' ? (await questions.list({ runId: id, isOpen: true })).items : [];
  return {
    runId: id,
    status,
    output,
    error: errorCode === null ? null : { code: errorCode, message: errorMessage },
    inputRequests: open.map((question) => ({ id: question.id, prompt: question.prompt, schema: question.schema })),
    next: nextOf(status),
  };
}

function nextOf(status: RunView['status']): string {
  if (hasEnded(status)) return 'The run has ended; get_run shows its steps.';
  if (status === 'WAITING_INPUT') return 'The run waits for a person: ask them, then call answer_input_request.';
  return 'The run goes on: call get_run with waitSeconds. An agent that it called may wait for a person: list_input_requests shows that.';
}
