import { agentStep } from './agent-step.js';
import { dataStep } from './data-step.js';
import { inputStep } from './input-step.js';
import { modelStep } from './model-step.js';
import type { StepOutcome, StepTools, StepWork } from './step-work.js';
import { toolStep } from './tool-step.js';

/** Carries out one step, by its type. */
export async function carryOut(work: StepWork, tools: StepTools): Promise<StepOutcome> {
  switch (work.step.type) {
    case 'MODEL':
      return modelStep(work, tools);
    case 'TOOL':
      return toolStep(work, tools);
    case 'DATA':
      return dataStep(work);
    case 'AGENT':
      return agentStep(work, tools);
    case 'INPUT':
      return inputStep(work);
  }
}
