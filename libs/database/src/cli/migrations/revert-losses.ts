import type { MigrationInterface } from 'typeorm';
import { recordCalls, statementsOf } from '../../migrations/runner/checksum.js';
import { allOf, as, texts } from '../../schema/lint/sql/ast.js';
import { parseStatements, type Statement } from '../../schema/lint/sql/statements.js';

/** Something with rows or values in it that a statement drops, or rows that it takes. */
export interface Loss {
  readonly kind: 'table' | 'column' | 'rows' | 'schema' | 'unknown';
  /** `"app"."note"` or `"app"."note"."title"`, quoted as SQL; the statement itself where it is `unknown`. */
  readonly object: string;
  /** What counts the rows that are lost with it; undefined where nothing can. */
  readonly count?: string;
}

/** What the `down` of a migration would drop with rows or values in it, read from its statements. Nothing is run. */
export async function lossesOf(migration: MigrationInterface): Promise<Loss[]> {
  const calls = await recordCalls(migration, 'down');
  const parsed = await Promise.all(statementsOf(calls).map((text) => parseStatements(text)));
  const others = calls.filter(([method]) => method !== 'query').map(([method]): Loss => ({ kind: 'unknown', object: `its call of ${method}` }));
  return [...parsed.flat().flatMap(lossesIn), ...others];
}

function lossesIn(statement: Statement): Loss[] {
  const drop = as(statement.node, 'DropStmt');
  if (drop?.removeType === 'OBJECT_TABLE') return allOf(drop.objects, 'List').map((list) => table(texts(list.items)));
  if (drop?.removeType === 'OBJECT_SCHEMA') return allOf(drop.objects, 'String').map(({ sval = '' }) => ({ kind: 'schema', object: quote(sval) }));
  const alter = as(statement.node, 'AlterTableStmt');
  if (alter !== undefined) {
    const relation = pathOf(alter.relation);
    return allOf(alter.cmds, 'AlterTableCmd').flatMap(({ subtype, name }) =>
      subtype === 'AT_DropColumn' && name !== undefined ? [column(relation, name)] : [],
    );
  }
  const truncate = as(statement.node, 'TruncateStmt');
  if (truncate !== undefined) return allOf(truncate.relations, 'RangeVar').map((relation) => ({ ...table(pathOf(relation)), kind: 'rows' }));
  const changed = as(statement.node, 'DeleteStmt') ?? as(statement.node, 'UpdateStmt') ?? as(statement.node, 'DoStmt');
  return changed === undefined ? [] : [{ kind: 'unknown', object: statement.text }];
}

function table(path: readonly string[]): Loss {
  const object = path.map(quote).join('.');
  return { kind: 'table', object, count: `select count(*)::float8 as n from ${object}` };
}

function column(path: readonly string[], name: string): Loss {
  const relation = path.map(quote).join('.');
  return { kind: 'column', object: `${relation}.${quote(name)}`, count: `select count(${quote(name)})::float8 as n from ${relation}` };
}

function pathOf(relation: { readonly schemaname?: string; readonly relname?: string } | undefined): string[] {
  return [...(relation?.schemaname === undefined ? [] : [relation.schemaname]), relation?.relname ?? ''];
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
