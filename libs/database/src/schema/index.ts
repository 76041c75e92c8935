export { SchemaManager } from './manager/schema-manager.js';
export { SchemaModule } from './manager/schema.module.js';
export type { FixOptions, FixReport, SchemaManagerOptions } from './manager/schema-manager.types.js';
export type { InitializeOptions, InitializeReport } from './manager/initialize.js';
export type { DriftClass, ExpectedSource, SchemaFinding, SchemaReport, Severity } from './compare/finding.js';
export type { RepairPlan, RepairStep } from './plan/repair-step.js';
export type { GeneratedMigration, GenerateOptions, GenerateReport } from './generate/generate-migration.js';
export type { StepFailure } from './apply/step-failure.js';
export {
  BaselineUnreadableError,
  CouldNotLookError,
  DestructiveRepairRefusedError,
  LookFailedError,
  NoExpectedSchemaError,
  NoSuchFindingError,
  RehearsalFailedError,
  RehearsalImpossibleError,
  SchemaIsNewerError,
} from './errors.js';
