import type { WorkflowDataService } from '#runs';
import { mcpTool, type McpTool } from '../tool.js';
import { CURSOR, LIMIT, RUN_ID, USUAL_LIST } from './parameters.js';

/** `read_workflow_data`. */
export function workflowDataTools(data: WorkflowDataService): McpTool[] {
  return [
    mcpTool({
      name: 'read_workflow_data',
      title: 'Read data of a run',
      description: 'What the agents of a run, and of the runs around it, have left for one another, the newest first. All conditions hold together.',
      permission: 'run:read',
      effect: 'reads',
      parameters: {
        type: 'object',
        properties: {
          runId: RUN_ID,
          key: { type: 'string', minLength: 1, maxLength: 255 },
          tags: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 255 }, maxItems: 20, description: 'Only data that has all of these.' },
          limit: LIMIT,
          cursor: CURSOR,
        },
        required: ['runId'],
        additionalProperties: false,
      },
      call: ({ runId, limit = USUAL_LIST, ...filter }) => data.list(runId, { ...filter, limit }),
    }),
  ];
}
