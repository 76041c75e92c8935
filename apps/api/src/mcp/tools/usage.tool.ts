import type { UsageService } from '#runs';
import { mcpTool, type McpTool } from '../tool.js';

/** `get_usage`. */
export function usageTools(usage: UsageService): McpTool[] {
  return [
    mcpTool({
      name: 'get_usage',
      title: 'See usage',
      description: 'What the runs that ended in a period came to: how many, their tokens, their cost in millionths. Without from, this month so far.',
      permission: 'usage:read',
      effect: 'reads',
      parameters: {
        type: 'object',
        properties: {
          from: { type: 'string', format: 'date', description: 'The first day, in UTC.' },
          to: { type: 'string', format: 'date', description: 'The last day, in UTC; today where it is left out.' },
        },
        dependentRequired: { to: ['from'] },
        additionalProperties: false,
      },
      call: ({ from, to = new Date().toISOString().slice(0, 10) }) => (from === undefined ? usage.current() : usage.period(from, to)),
    }),
  ];
}
