import type { BuiltInTool } from './built-in-tool.js';
import { TEXT } from './parts.js';

/** Runs another agent. An AGENT step. */
export const RUN_AGENT: BuiltInTool = {
  name: 'run_agent',
  stepType: 'AGENT',
  description: 'Runs another agent and waits for what it answers.',
  parameters: {
    type: 'object',
    properties: {
      agent: { ...TEXT, maxLength: 255, description: 'The name of the agent.' },
      prompt: { ...TEXT, description: 'What it is to do, with everything it must know.' },
    },
    required: ['agent', 'prompt'],
    additionalProperties: false,
  },
};
