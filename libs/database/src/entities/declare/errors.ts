import { PlinthError } from '../../errors.js';

/** An entity without `@Tenancy`: nobody said whose rows it holds, so nothing starts. */
export class UndeclaredTenancyError extends PlinthError {
  readonly code = 'UNDECLARED_TENANCY';
  readonly family = 'bug';

  constructor(entity: string) {
    super(`The entity "${entity}" does not say whose rows it holds. Put @Tenancy('T') (or 'G', 'M', 'S') on its class.`, { fields: { entity } });
  }
}

/** A declaration that contradicts the table, or another declaration. */
export class InvalidDeclarationError extends PlinthError {
  readonly code = 'INVALID_DECLARATION';
  readonly family = 'bug';

  constructor(table: string, problem: string) {
    super(`The declarations of table "${table}" cannot be used: ${problem}`, { fields: { table } });
  }
}
