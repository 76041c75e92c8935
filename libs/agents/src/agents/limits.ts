/** What an agent may hold. Sizes are of UTF-8. */
export const AGENT_LIMITS = {
  nameLength: 255,
  descriptionLength: 10_000,
  modelLength: 255,
  promptBytes: 256 * 1024,
  parameterBytes: 16 * 1024,
  tools: 50,
} as const;

/** The name of a tool. */
export const TOOL_NAME = /^[a-z][a-z0-9_]{0,63}$/;
