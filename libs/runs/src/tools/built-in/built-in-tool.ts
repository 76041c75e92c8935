import type { StepType } from '#database';
import type { ModelToolSpec } from '../../models/model.js';

/** What the engine does itself, as a step of a type of its own. */
export interface BuiltInTool extends ModelToolSpec {
  readonly stepType: Exclude<StepType, 'MODEL' | 'TOOL'>;
}
