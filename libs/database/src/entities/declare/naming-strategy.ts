import { DefaultNamingStrategy, type NamingStrategyInterface, type Table, type View } from 'typeorm';
import { snakeCase } from './names.js';

type Named = Table | View | string;

const LONGEST_NAME = 63;

function bareName(table: Named): string {
  const name = typeof table === 'string' ? table : table.name;
  return name.split('.').pop() ?? name;
}

/** `prefix_table_columns`; org_id, which leads nearly everything, is left out of the name unless it stands alone. */
function nameFor(prefix: string, table: Named, columns: readonly string[]): string {
  const telling = columns.filter((column) => column !== 'org_id');
  const name = [prefix, bareName(table), ...(telling.length > 0 ? telling : columns)].join('_');
  if (name.length > LONGEST_NAME) throw new Error(`The name "${name}" is longer than PostgreSQL's ${LONGEST_NAME} characters: give it one of its own.`);
  return name;
}

/**
 * Columns in snake_case and constraints by rule (pk_, uq_, fk_, ix_, ck_), so that an error message, a migration and the
 * catalogue all say what the thing is, and no name depends on a hash.
 */
export class PlinthNamingStrategy extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? snakeCase(propertyName);
  }

  override primaryKeyName(table: Table | string): string {
    return `pk_${bareName(table)}`;
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return nameFor('uq', table, columns);
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return nameFor('fk', table, columns);
  }

  override indexName(table: Named, columns: string[]): string {
    return nameFor('ix', table, columns);
  }

  override checkConstraintName(table: Table | string, expression: string): string {
    const column = /^"(\w+)" = any \(/.exec(expression)?.[1];
    if (column === undefined) throw new Error(`The check "${expression}" of "${bareName(table)}" needs a name of its own.`);
    return `ck_${bareName(table)}_${column}`;
  }
}
