export type { JsonObject, JsonSchema, JsonValue } from './json.js';
export type { LanguageModel, ModelAnswer, ModelMessage, ModelRequest, ModelToolCall, ModelToolSpec, ModelUsage } from './models/model.js';
export { ModelCallError, type CallOutcome } from './models/errors.js';
export { createLanguageModel } from './models/create-language-model.js';
export { costMicros } from './models/prices.js';
export { OFFLINE_MARK, OfflineModel } from './models/offline/offline-model.js';
export type { Tool, ToolCaller, ToolWork } from './tools/tool.js';
