import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../../json.js';
import { SAFE_FORMATS } from './safe-formats.js';

/** What all schemas share. No schema is fetched from anywhere: a reference out of the schema is an error. */
const COMMON: Options = {
  // The schema is checked against its meta-schema below, once for all compilers: each would compile the meta-schema for itself.
  meta: false,
  validateSchema: false,
  addUsedSchema: false,
  // A property that an object has from its prototype is none.
  ownProperties: true,
  logger: false,
  formats: SAFE_FORMATS,
};

const metaSchema = new Ajv2020({ strict: false, validateFormats: false, logger: false });

/** Schemas that were compiled, the most recently used ones. A compiler for each: ajv keeps what it compiled for ever. */
export class CompiledSchemas {
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(
    private readonly options: Options,
    private readonly maxEntries: number,
  ) {}

  /** @throws Error of ajv, for a value that is no JSON Schema of the options. */
  get(schema: JsonSchema): ValidateFunction {
    const key = JSON.stringify(schema);
    const validate = this.compiled.get(key) ?? this.compile(schema);
    this.compiled.delete(key);
    this.compiled.set(key, validate);
    const [oldest] = this.compiled.keys();
    if (this.compiled.size > this.maxEntries && oldest !== undefined) this.compiled.delete(oldest);
    return validate;
  }

  private compile(schema: JsonSchema): ValidateFunction {
    // Throws what is wrong.
    void metaSchema.validateSchema(schema, true);
    return new Ajv2020({ ...COMMON, ...this.options }).compile(schema);
  }
}
