import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** What an answer must be, in JSON Schema. */
export type AnswerSchema = Readonly<Record<string, unknown>>;

/**
 * What is wrong with an answer, in sentences; empty where nothing is, or where only the API can say: it decides in the end. A schema
 * with a pattern is left to it whole, since whoever wrote the schema could keep this process busy with one for ever.
 */
export function problemsOf(schema: AnswerSchema | null, answer: unknown): string[] {
  if (schema === null || JSON.stringify(schema).includes('"pattern')) return [];
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  formats.default(ajv);
  try {
    const check = ajv.compile(schema);
    if (check(answer)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath === '' ? 'the answer' : instancePath.slice(1)} ${message ?? 'is not valid'}`,
    );
  } catch {
    // A schema that cannot be used here.
    return [];
  }
}
