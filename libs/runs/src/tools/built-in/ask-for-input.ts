import type { BuiltInTool } from './built-in-tool.js';
import { TEXT } from './parts.js';

/** Asks a person. An INPUT step. */
export const ASK_FOR_INPUT: BuiltInTool = {
  name: 'ask_for_input',
  stepType: 'INPUT',
  description: 'Asks a person and waits for the answer.',
  parameters: {
    type: 'object',
    properties: {
      prompt: { ...TEXT, maxLength: 10_000, description: 'The question, as the person reads it.' },
      schema: { type: 'object', description: 'JSON Schema (2020-12) that the answer must satisfy; left out: any JSON.' },
    },
    required: ['prompt'],
    additionalProperties: false,
  },
};
