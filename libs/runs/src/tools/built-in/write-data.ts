import type { BuiltInTool } from './built-in-tool.js';
import { KEY, TAGS, TEXT } from './parts.js';

/** Writes a value of the run. A DATA step. */
export const WRITE_DATA: BuiltInTool = {
  name: 'write_data',
  stepType: 'DATA',
  description: 'Leaves a value for later steps and for the other agents of this run. It cannot be changed afterwards; write a newer one under the same key.',
  parameters: {
    type: 'object',
    properties: {
      key: KEY,
      value: { description: 'Any JSON.' },
      dataType: { ...TEXT, maxLength: 50, description: 'What kind of value it is, in your own words.' },
      tags: { ...TAGS, description: 'Words to find it by.' },
    },
    required: ['key', 'value'],
    additionalProperties: false,
  },
};
