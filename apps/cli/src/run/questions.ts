import type { components } from '#client';
import { plain } from '../terminal/plain.js';
import type { AnswerSchema } from './answer-schema.js';

/** Asks one line; undefined where nobody answers any more. */
export type AskLine = (question: string) => Promise<string | undefined>;

/** Any JSON, as the API takes it for an answer. */
export type JsonAnswer = components['schemas']['AnswerRequest']['response'];

/** What came of asking: a value, or that there is nobody to ask. */
export type Answered = { readonly isThere: true; readonly value: JsonAnswer } | { readonly isThere: false };

const NOBODY: Answered = { isThere: false };
const there = (value: JsonAnswer): Answered => ({ isThere: true, value });

/** Asks for what the schema describes: field by field, first those that must be there, where it is an object of simple fields; else in one line. */
export async function askFor(schema: AnswerSchema | null, ask: AskLine): Promise<Answered> {
  const fields = simpleFields(schema);
  if (fields === undefined) return askOne('', schema, ask);
  const value: Record<string, unknown> = {};
  const required: readonly unknown[] = Array.isArray(schema?.['required']) ? schema['required'] : [];
  const place = ([name]: [string, AnswerSchema]): number => (required.includes(name) ? required.indexOf(name) : required.length);
  for (const [name, field] of fields.sort((one, other) => place(one) - place(other))) {
    const isRequired = required.includes(name);
    const answer = await askOne(`${plain(name)}${isRequired ? '' : ' (optional)'}`, field, ask);
    if (!answer.isThere) return NOBODY;
    if (answer.value !== '' || (isRequired && field['type'] === 'string')) value[name] = answer.value;
  }
  return there(value);
}

async function askOne(name: string, schema: AnswerSchema | null, ask: AskLine): Promise<Answered> {
  const line = await ask(`${[name, hintOf(schema)].filter((part) => part !== '').join(' ')}> `);
  return line === undefined ? NOBODY : there(valueOf(line, schema));
}

/** What was typed as the value that the schema wants; as it was typed where that cannot be. */
export function valueOf(line: string, schema: AnswerSchema | null): JsonAnswer {
  const text = line.trim();
  if (text === '') return (schema?.['default'] as JsonAnswer) ?? '';
  const type = schema?.['type'];
  if (type === 'string') return text;
  if (type === 'boolean') return /^(y|yes|true)$/i.test(text) ? true : /^(n|no|false)$/i.test(text) ? false : text;
  try {
    return JSON.parse(text) as JsonAnswer;
  } catch {
    return text;
  }
}

function hintOf(schema: AnswerSchema | null): string {
  if (schema === null) return '';
  const { enum: choices, type, default: usual } = schema;
  const what = Array.isArray(choices)
    ? choices.map((choice) => plain(String(choice))).join(' | ')
    : type === 'boolean'
      ? 'yes | no'
      : typeof type === 'string' && type !== 'string'
        ? typeNames[type]
        : undefined;
  const parts = [what, usual === undefined ? undefined : `default ${JSON.stringify(usual)}`].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : `[${parts.join(', ')}]`;
}

const typeNames: Readonly<Record<string, string>> = { object: 'JSON object', array: 'JSON list', integer: 'whole number', number: 'number', null: 'null' };
const SIMPLE = new Set<unknown>(['string', 'number', 'integer', 'boolean']);

/** The fields of an object none of which holds others; undefined for any other schema. */
function simpleFields(schema: AnswerSchema | null): [string, AnswerSchema][] | undefined {
  const properties = schema?.['properties'];
  if (schema?.['type'] !== 'object' || !isSchema(properties)) return undefined;
  const fields = Object.entries(properties).flatMap(([name, field]): [string, AnswerSchema][] =>
    isSchema(field) && SIMPLE.has(field['type']) ? [[name, field]] : [],
  );
  return fields.length > 0 && fields.length === Object.keys(properties).length ? fields : undefined;
}

const isSchema = (value: unknown): value is AnswerSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
