import { PlinthError } from '../../errors.js';

/** An entity has no property of that name that is a column. */
export class UnknownPropertyError extends PlinthError {
  readonly code = 'UNKNOWN_PROPERTY';
  readonly family = 'bug';
  constructor(entity: string, property: string) {
    super(`"${entity}" has no column property "${property}".`, { fields: { entity, property } });
  }
}

/** A property may not be given here. */
export class PropertyRefusedError extends PlinthError {
  readonly code = 'PROPERTY_REFUSED';
  readonly family = 'bug';
  constructor(entity: string, property: string, reason: string) {
    super(`"${entity}.${property}" is refused: ${reason}`, { fields: { entity, property } });
  }
}

/** A class that is no entity of this database, or one whose rows belong to no tenant. */
export class UnscopedEntityError extends PlinthError {
  readonly code = 'UNSCOPED_ENTITY';
  readonly family = 'bug';
  constructor(entity: string, reason: string) {
    super(`There is no tenant repository of "${entity}": ${reason}`, { fields: { entity } });
  }
}

/** An update or delete without any condition. */
export class UnboundedWriteError extends PlinthError {
  readonly code = 'UNBOUNDED_WRITE';
  readonly family = 'bug';
  constructor(entity: string) {
    super(`Every row of "${entity}" in the organization would be written. Give a condition, or { all: true } if that is meant.`, {
      fields: { entity },
    });
  }
}

/** A row that must exist does not, or belongs to another organization: nobody can tell which. */
export class RowNotFoundError extends PlinthError {
  readonly code = 'NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(entity: string, id: string) {
    super(`There is no ${entity} "${id}".`, { fields: { entity, id } });
  }
}

/** A page was asked for with a cursor that this list did not give out. */
export class InvalidCursorError extends PlinthError {
  readonly code = 'INVALID_CURSOR';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor() {
    super('The cursor is not one that this list gave out. Leave it away to start at the first page.', { fields: { field: 'cursor' } });
  }
}

/** A page of an impossible size was asked for. */
export class InvalidLimitError extends PlinthError {
  readonly code = 'INVALID_LIMIT';
  readonly family = 'caller';
  override readonly httpStatus = 400;
  constructor(limit: unknown, most: number) {
    super(`The limit "${String(limit)}" is no whole number from 1 to ${most}.`, { fields: { field: 'limit', most } });
  }
}
