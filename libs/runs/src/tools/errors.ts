import { PlinthError } from '#database';

/** A tool that cannot be offered to a model as it is defined. */
export class InvalidToolError extends PlinthError {
  readonly code = 'TOOL_INVALID';
  readonly family = 'bug';
  constructor(name: string, reason: string, cause?: unknown) {
    super(`The tool "${name}" is not defined as it must be: ${reason}`, { fields: { name }, cause });
  }
}

/** Two tools have one name. */
export class DuplicateToolError extends PlinthError {
  readonly code = 'TOOL_DUPLICATE';
  readonly family = 'bug';
  constructor(name: string) {
    super(`There is already a tool named "${name}". Give one of the two another name.`, { fields: { name } });
  }
}

/** A JSON Schema that was not written by us cannot be used: it is none, too large, or asks for what could keep the process busy. */
export class SchemaRefusedError extends PlinthError {
  readonly code = 'SCHEMA_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(reason: string, cause?: unknown) {
    super(`The JSON Schema is refused: ${reason}`, { fields: { field: 'schema' }, cause });
  }
}
