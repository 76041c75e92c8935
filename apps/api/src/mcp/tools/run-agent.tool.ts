import { isUuid, type McpConfig } from '#database';
import type { InputRequestsService, RunsService } from '#runs';
import type { RunWaits } from '../run-waits.js';
import { mcpTool, type McpTool } from '../tool.js';
import { outcomeOf } from './run-outcome.js';

/** How long a call waits that was not told. */
const USUAL_WAIT_SECONDS = 30;
const LONGEST_PROMPT = 100_000;

/** `run_agent`: starts a run and waits for it a while. */
export function runAgentTools(runs: RunsService, questions: InputRequestsService, waits: RunWaits, { maxWaitSeconds }: McpConfig): McpTool[] {
  return [
    mcpTool({
      name: 'run_agent',
      title: 'Run an agent',
      description:
        'Runs an agent with a prompt. Answers with the output when the run ends in time; otherwise with where it stands and its runId, with which get_run goes on. A run that asks a person something answers with WAITING_INPUT and its questions.',
      permission: 'run:create',
      effect: 'adds',
      waits: true,
      parameters: {
        type: 'object',
        properties: {
          agent: { type: 'string', minLength: 1, maxLength: 255, description: 'The name or the id of an agent that list_agents lists.' },
          prompt: { type: 'string', minLength: 1, maxLength: LONGEST_PROMPT },
          sessionId: { type: 'string', minLength: 1, maxLength: 255, description: 'The same for the runs of one conversation.' },
          waitSeconds: { type: 'integer', minimum: 0, maximum: maxWaitSeconds, default: Math.min(USUAL_WAIT_SECONDS, maxWaitSeconds) },
        },
        required: ['agent', 'prompt'],
        additionalProperties: false,
      },
      call: async ({ agent, prompt, sessionId, waitSeconds = Math.min(USUAL_WAIT_SECONDS, maxWaitSeconds) }, call) => {
        const { id } = await runs.start({ agent: isUuid(agent) ? { id: agent } : { name: agent }, prompt, sessionId });
        if (!call.scopes.includes('run:read'))
          return { runId: id, status: 'QUEUED', next: 'The run is started. Seeing how it goes needs the permission "run:read".' };
        if (waitSeconds > 0) await waits.untilSettled(id, { after: 0, milliseconds: waitSeconds * 1_000 }, call);
        return outcomeOf(runs, questions, id);
      },
    }),
  ];
}
