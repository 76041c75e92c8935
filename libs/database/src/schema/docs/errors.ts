import { PlinthError } from '../../errors.js';

/** An entity lies in a folder that the documentation does not know. */
export class UndocumentedEntityError extends PlinthError {
  readonly code = 'UNDOCUMENTED_ENTITY';
  readonly family = 'bug';

  constructor(entity: string) {
    super(`The entity "${entity}" lies in no area of the documentation. Add its folder, with a title, to AREAS in schema/docs/facts/areas.ts.`, {
      fields: { entity },
    });
  }
}

/** The entities declare a table that the migrations do not make, or the other way round. */
export class TableWithoutCounterpartError extends PlinthError {
  readonly code = 'TABLE_WITHOUT_COUNTERPART';
  readonly family = 'bug';

  constructor(table: string, missing: 'entity' | 'migration') {
    const step = missing === 'migration' ? 'Make one: npm run migration:generate -- <name>.' : 'List its entity in libs/database/src/entities/index.ts.';
    super(`The table "${table}" has no ${missing}. ${step}`, { fields: { table, missing } });
  }
}
