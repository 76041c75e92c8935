import { relationsNamed, walk } from '../../sql/ast.js';
import { UnparsableSqlError } from '../../errors.js';
import { parseFunctionBody, parseStatements, type Statement } from '../../sql/statements.js';

/** The tables that the statements of a plpgsql function name, as far as they are written out (EXECUTE hides them). */
export async function relationsIn(definition: string): Promise<string[]> {
  const expressions: string[] = [];
  walk(await parseFunctionBody(definition), (kind, content) => {
    if (kind === 'PLpgSQL_expr' && typeof content === 'object' && content !== null && 'query' in content) expressions.push(String(content.query));
  });
  const found = await Promise.all(expressions.map(relationsOf));
  return found.flat();
}

/** An assignment is no statement: what stands right of it is an expression. */
async function relationsOf(expression: string): Promise<string[]> {
  const assigned = expression.replace(/^\s*[\w".[\]]+\s*:?=\s*/, '');
  const statements = (await parsed(expression)) ?? (await parsed(`select ${assigned}`)) ?? [];
  return relationsNamed(statements.map(({ node }) => node));
}

/** Undefined for a text that is no statement. */
async function parsed(text: string): Promise<Statement[] | undefined> {
  try {
    return await parseStatements(text);
  } catch (error) {
    if (error instanceof UnparsableSqlError) return undefined;
    throw error;
  }
}
