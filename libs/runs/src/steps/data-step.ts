import { newId } from '#database';
import type { JsonObject } from '../json.js';
import type { NewData } from '../persistence/boundary.js';
import { findData } from '../persistence/workflow-data.js';
import { ended, type StepOutcome, type StepWork } from './step-work.js';
import { builtInArguments, errorEnd, resultEnd, toolNameOf } from './tool-call.js';

const DEFAULT_LIMIT = 20;

/** Writes or reads workflow data. What is written is written with the end of the step, so exactly once. */
export async function dataStep(work: StepWork): Promise<StepOutcome> {
  const checked = builtInArguments(work);
  if (checked.problem !== undefined) return ended(errorEnd(checked.problem));
  return toolNameOf(work.step) === 'write_data' ? write(checked.args) : read(work, checked.args);
}

function write(args: JsonObject): StepOutcome {
  const data: NewData = {
    uid: newId(),
    key: textOf(args['key']) ?? '',
    value: args['value'] ?? null,
    dataType: textOf(args['dataType']) ?? null,
    tags: textsOf(args['tags']),
  };
  return ended({ ...resultEnd({ id: data.uid, key: data.key }), data });
}

async function read(work: StepWork, args: JsonObject): Promise<StepOutcome> {
  const limit = typeof args['limit'] === 'number' ? args['limit'] : DEFAULT_LIMIT;
  const found = await findData(work.db, work.progress.run.id, { key: textOf(args['key']), tags: textsOf(args['tags']), limit });
  return ended(
    resultEnd(
      found.map(({ key, value, dataType, tags, createdByAgent, createdAt }) => ({
        key,
        value,
        dataType,
        tags,
        writtenBy: createdByAgent,
        writtenAt: createdAt.toISOString(),
      })),
    ),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
