/** What Nest injects where the engine wants a `LanguageModel`. */
export const LANGUAGE_MODEL = Symbol('LanguageModel');

/** What Nest injects where agents are looked for: an `AgentSource`. */
export const AGENT_SOURCE = Symbol('AgentSource');
