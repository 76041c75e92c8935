import { newId } from '#database';
import { isJsonObject } from '../storable.js';
import { checkUntrustedSchema } from '../tools/schema/untrusted-schema.js';
import { ended, type StepOutcome, type StepWork } from './step-work.js';
import { builtInArguments, errorEnd } from './tool-call.js';

/** Asks a person. The run then waits without a worker, until the answer ends this step. */
export function inputStep(work: StepWork): StepOutcome {
  const checked = builtInArguments(work);
  if (checked.problem !== undefined) return ended(errorEnd(checked.problem));
  const { prompt, schema } = checked.args;
  try {
    if (schema !== undefined) checkUntrustedSchema(schema);
  } catch (error) {
    return ended(errorEnd(error instanceof Error ? error.message : String(error)));
  }
  const question = { id: newId(), stepId: work.step.id, prompt: typeof prompt === 'string' ? prompt : '', schema: isJsonObject(schema) ? schema : null };
  return { type: 'ASKS', question };
}
