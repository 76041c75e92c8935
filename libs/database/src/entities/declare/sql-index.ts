import { Index } from 'typeorm';
import type { EntityTarget } from './tenancy.js';

/** An index in PostgreSQL's own words, for what TypeORM cannot say: descending columns, INCLUDE, partial, GIN. */
export interface SqlIndexDeclaration {
  readonly name: string;
  /** Column expressions, such as `org_id` or `created_at desc`. */
  readonly columns: readonly string[];
  readonly include?: readonly string[];
  readonly where?: string;
  readonly unique?: boolean;
}

const declarations = new Map<unknown, SqlIndexDeclaration[]>();

/** Declares an index made by our migrations; TypeORM is told that it exists and is not its business. */
export function SqlIndex(index: SqlIndexDeclaration): ClassDecorator {
  return (target) => {
    Index(index.name, { synchronize: false })(target);
    declarations.set(target, [...(declarations.get(target) ?? []), index]);
  };
}

/** The indexes that `@SqlIndex` declared on an entity, in the order of their names. */
export function sqlIndexesOf(entity: EntityTarget): readonly SqlIndexDeclaration[] {
  return [...(declarations.get(entity) ?? [])].sort((left, right) => (left.name < right.name ? -1 : 1));
}
