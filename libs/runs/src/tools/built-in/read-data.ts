import type { BuiltInTool } from './built-in-tool.js';
import { KEY, TAGS } from './parts.js';

/** Reads values of the run. A DATA step. */
export const READ_DATA: BuiltInTool = {
  name: 'read_data',
  stepType: 'DATA',
  description: 'Reads what the agents of this run have left, the newest first.',
  parameters: {
    type: 'object',
    properties: {
      key: KEY,
      tags: { ...TAGS, description: 'Only values that have all of these.' },
      limit: { type: 'integer', minimum: 1, maximum: 100, description: 'At most so many; 20 if left out.' },
    },
    additionalProperties: false,
  },
};
