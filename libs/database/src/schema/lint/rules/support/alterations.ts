import type { AlterTableCmd, ColumnDef, Constraint } from 'libpg-query';
import { allOf, as, tableName } from '../../sql/ast.js';
import type { RecordedFacts, RecordedStatement } from '../rule.js';

/** One subcommand of an ALTER TABLE. */
export interface Alteration {
  readonly statement: RecordedStatement;
  readonly table: string;
  readonly command: AlterTableCmd;
}

/** Every subcommand of every ALTER TABLE, in order. */
export function alterations({ statements }: RecordedFacts): Alteration[] {
  return statements.flatMap((statement) => {
    const alter = as(statement.node, 'AlterTableStmt');
    if (alter?.objtype !== 'OBJECT_TABLE') return [];
    return allOf(alter.cmds, 'AlterTableCmd').map((command) => ({ statement, table: tableName(alter.relation), command }));
  });
}

/** Those of them on tables that were there before the migration. */
export function alterationsOfOld(facts: RecordedFacts): Alteration[] {
  return alterations(facts).filter(({ table }) => facts.isOld(table));
}

/** Constraints that ALTER TABLE adds to tables that were there before. */
export function constraintsAddedToOld(facts: RecordedFacts): (Alteration & { readonly constraint: Constraint })[] {
  return alterationsOfOld(facts).flatMap((alteration) => {
    const constraint = alteration.command.subtype === 'AT_AddConstraint' ? as(alteration.command.def, 'Constraint') : undefined;
    return constraint === undefined ? [] : [{ ...alteration, constraint }];
  });
}

/** Columns that ALTER TABLE adds to tables that were there before, with their column constraints. */
export function columnsAddedToOld(facts: RecordedFacts): (Alteration & { readonly column: ColumnDef; readonly constraints: readonly Constraint[] })[] {
  return alterationsOfOld(facts).flatMap((alteration) => {
    const column = alteration.command.subtype === 'AT_AddColumn' ? as(alteration.command.def, 'ColumnDef') : undefined;
    return column === undefined ? [] : [{ ...alteration, column, constraints: allOf(column.constraints, 'Constraint') }];
  });
}
