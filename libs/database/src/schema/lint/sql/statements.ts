import pgQuery, { type Node } from 'libpg-query';
import { UnparsableSqlError } from '../errors.js';

/** One SQL statement of a message, with PostgreSQL's own parse of it. */
export interface Statement {
  /** From the end of the statement before it: comments that stand in front are part of it. Trimmed, without the semicolon. */
  readonly text: string;
  /** Its node's name: `CreateStmt`, `AlterTableStmt` … */
  readonly kind: string;
  readonly node: Node;
}

const ready = pgQuery.loadModule();

/**
 * Splits a message into its statements, by PostgreSQL's own grammar (version 18). Comments stay with the statement that follows them;
 * those after the last one stay with the last.
 * @throws UnparsableSqlError
 */
export async function parseStatements(sql: string): Promise<Statement[]> {
  await ready;
  const bytes = Buffer.from(sql);
  const parsed = parse(sql).filter((each): each is typeof each & { stmt: Node } => each.stmt !== undefined);
  const ends = parsed.map((each) => (each.stmt_len === undefined ? bytes.length : (each.stmt_location ?? 0) + each.stmt_len));
  return parsed.map(({ stmt }, index) => {
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
    const end = index === parsed.length - 1 ? bytes.length : ends[index];
    const text = bytes
      .subarray(start, end)
      .toString()
      .replace(/^[\s;]+/, '')
      .replace(/[\s;]+$/, '');
    return { text, kind: Object.keys(stmt)[0] ?? '', node: stmt };
  });
}

function parse(sql: string): NonNullable<ReturnType<typeof pgQuery.parseSync>['stmts']> {
  try {
    return pgQuery.parseSync(sql).stmts ?? [];
  } catch (error) {
    throw new UnparsableSqlError(sql, error);
  }
}

/** The parse of an expression as PostgreSQL prints it (a policy's, a default's). @throws UnparsableSqlError */
export async function parseExpression(expression: string): Promise<Node> {
  const [statement] = await parseStatements(`select (${expression})`);
  return statement?.node ?? { A_Const: {} };
}

/** What PL/pgSQL makes of the body of a CREATE FUNCTION. @throws UnparsableSqlError */
export async function parseFunctionBody(definition: string): Promise<unknown> {
  await ready;
  try {
    return pgQuery.parsePlPgSQLSync(definition);
  } catch (error) {
    throw new UnparsableSqlError(definition, error);
  }
}
