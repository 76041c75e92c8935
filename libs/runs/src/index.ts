export type { JsonObject, JsonSchema, JsonValue } from './json.js';
export type { LanguageModel, ModelAnswer, ModelMessage, ModelRequest, ModelToolCall, ModelToolSpec, ModelUsage } from './models/model.js';
export { ModelCallError, type CallOutcome } from './models/errors.js';
export { createLanguageModel } from './models/create-language-model.js';
export { costMicros } from './models/prices.js';
export { OFFLINE_MARK, OfflineModel } from './models/offline/offline-model.js';
export type { Tool, ToolCaller, ToolWork } from './tools/tool.js';
export { BUILT_IN_TOOLS } from './tools/built-in/built-in-tools.js';
export type { BuiltInTool } from './tools/built-in/built-in-tool.js';
export { defineTool, type ToolDefinition } from './tools/define-tool.js';
export { DuplicateToolError, InvalidToolError, SchemaRefusedError } from './tools/errors.js';
export { INSTALLED_TOOLS } from './tools/installed-tools.js';
export type { SchemaValue } from './tools/schema-value.js';
export { checkUntrustedSchema, validateUntrusted } from './tools/schema/untrusted-schema.js';
export type { ValidationProblem } from './tools/schema/validation-problem.js';
export { ToolRegistry, type ToolSelection } from './tools/tool-registry.js';
export { validateArguments } from './tools/validate-arguments.js';
export { RunEngine, type AdvanceOutcome, type AdvanceWork } from './engine/run-engine.js';
export {
  AgentNotFoundError,
  FollowersLimitError,
  InputInvalidError,
  InputRequestClosedError,
  InputRequestNotFoundError,
  RunEndedError,
  RunLimitRefusedError,
  RunNotFoundError,
  RunsLimitError,
  type AnswerProblem,
} from './errors.js';
export type { EventsPage } from './events/events-page.js';
export { RunFollower, type FollowOptions } from './events/run-follower.js';
export { InputRequestsService, type InputRequestFilter, type InputRequestView } from './input-requests.service.js';
export { storedAgents, type AgentSource } from './persistence/agent-source.js';
export { runAdvance } from './run-advance.job-definition.js';
export { RunEvents } from './run-events.service.js';
export { RunExecutionModule } from './run-execution.module.js';
export { RunsModule } from './runs.module.js';
export { RunsService, type NewRunInput, type RunFilter, type RunOrigin } from './runs.service.js';
export type { AgentReference, AgentSnapshot, RunFailureCode, RunLimits } from './runs.types.js';
export { hasEnded, RUN_TRANSITIONS, type RunTrigger } from './states/run-states.js';
export { TaskExecutionModule } from './task-execution.module.js';
export { TaskEndedError, TaskNotFoundError, TaskNotPendingError, TaskRefusedError, TaskRunningError } from './tasks/errors.js';
export type { ScheduleInput } from './tasks/schedule.js';
export { TASK_LIMITS, type NewTask, type TaskChanges, type TaskInput } from './tasks/task-input.js';
export { TaskRunner, type TaskSettlement, type TaskStart } from './tasks/task-runner.js';
export { taskSettle } from './tasks/task-settle.job-definition.js';
export { taskStart } from './tasks/task-start.job-definition.js';
export { TasksService, type TaskFilter } from './tasks/tasks.service.js';
export type { TaskView } from './tasks/views.js';
export { countUsage, scanUsage, type UsageScan } from './usage/count-usage.js';
export { UsagePeriodRefusedError } from './usage/errors.js';
export { usageCount, usageScan } from './usage/usage.job-definitions.js';
export { LONGEST_PERIOD, UsageService, type UsageFigures, type UsageOfDay, type UsageOfDays, type UsageView } from './usage/usage.service.js';
export type { ModelFigures } from './persistence/usage.js';
export type { PageOf, PageRequest, RunEventView, RunView, StepView } from './views.js';
export { WorkflowDataService, type WorkflowDataFilter, type WorkflowDataView } from './workflow-data.service.js';
