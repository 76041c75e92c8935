import type { ApiPropertyOptions } from '@nestjs/swagger';

/** A property that holds any JSON value, as the document says it. */
export function anyJson(example: unknown, description: string): ApiPropertyOptions {
  return {
    anyOf: [{ type: 'object', additionalProperties: true }, { type: 'array', items: {} }, { type: 'string' }, { type: 'number' }, { type: 'boolean' }],
    nullable: true,
    example,
    description,
  };
}
