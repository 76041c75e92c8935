import type { InputRequestsService } from '#runs';
import { mcpTool, type McpTool } from '../tool.js';
import { CURSOR, LIMIT, RUN_ID, USUAL_LIST } from './parameters.js';

/** `list_input_requests` and `answer_input_request`. */
export function inputRequestTools(questions: InputRequestsService): McpTool[] {
  return [
    mcpTool({
      name: 'list_input_requests',
      title: 'List questions of runs',
      description: 'What runs ask people, the oldest first: only what still waits for an answer, unless onlyOpen is false.',
      permission: 'run:read',
      effect: 'reads',
      parameters: {
        type: 'object',
        properties: { runId: RUN_ID, onlyOpen: { type: 'boolean', default: true }, limit: LIMIT, cursor: CURSOR },
        additionalProperties: false,
      },
      call: ({ runId, onlyOpen = true, limit = USUAL_LIST, cursor }) => questions.list({ runId, isOpen: onlyOpen ? true : undefined, limit, cursor }),
    }),
    mcpTool({
      name: 'answer_input_request',
      title: 'Answer a question of a run',
      description:
        'Gives a person’s answer to a question of a run, once; the run goes on with it. The answer must satisfy the JSON Schema of the question, where it has one. Ask the person first: do not make answers up.',
      permission: 'input_request:respond',
      effect: 'adds',
      parameters: {
        type: 'object',
        properties: {
          inputRequestId: { type: 'string', format: 'uuid', description: 'The id of a question.' },
          response: { description: 'The answer: any JSON that the schema of the question allows.' },
        },
        required: ['inputRequestId', 'response'],
        additionalProperties: false,
      },
      call: async ({ inputRequestId, response }) => {
        const { id, runId, respondedAt } = await questions.answer(inputRequestId, response);
        return { inputRequestId: id, runId, respondedAt, next: 'The run goes on: call get_run with waitSeconds.' };
      },
    }),
  ];
}
