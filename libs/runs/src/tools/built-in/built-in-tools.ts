import { ASK_FOR_INPUT } from './ask-for-input.js';
import type { BuiltInTool } from './built-in-tool.js';
import { READ_DATA } from './read-data.js';
import { RUN_AGENT } from './run-agent.js';
import { WRITE_DATA } from './write-data.js';

/** The tools that the engine does itself, by name. */
export const BUILT_IN_TOOLS: ReadonlyMap<string, BuiltInTool> = new Map([WRITE_DATA, READ_DATA, RUN_AGENT, ASK_FOR_INPUT].map((tool) => [tool.name, tool]));
