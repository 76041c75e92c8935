import { BoundedCache } from './bounded-cache.js';
import { prepareValues, statementName } from './driver/one-sync.js';
import type { WireStatement } from './driver/wire.js';
import { StatementParameterError } from './errors.js';
import type { SqlParameters } from './sql.js';
import { isWordPart, skipOpaque } from './sql-text.js';
import { guardStatement } from './statement-guard.js';

/** A statement whose named parameters have become positions. */
export interface CompiledStatement {
  readonly text: string;
  /** The parameter names in the order of their positions. */
  readonly names: readonly string[];
  /** The name it is prepared under. */
  readonly name: string;
}

const CACHED_STATEMENTS = 2_000;
const cache = new BoundedCache<string, CompiledStatement>(CACHED_STATEMENTS);
const NAME_START = /[A-Za-z_]/;

/**
 * Turns `:name` into `$n` and refuses what a connection does not send. Strings, quoted identifiers, dollar quotes and
 * comments are left alone, `::` is a cast, and in `column[low:high]` the colon after a word is a slice. Results are cached by text.
 * @throws StatementRefusedError, StatementParameterError
 */
export function compileStatement(text: string): CompiledStatement {
  return cache.get(text) ?? cache.put(text, compile(text));
}

function compile(text: string): CompiledStatement {
  guardStatement(text);
  const names: string[] = [];
  let sql = '';
  let copied = 0;
  let brackets = 0;
  for (let at = 0; at < text.length;) {
    const end = skipOpaque(text, at);
    if (end > at) {
      at = end;
      continue;
    }
    const character = text[at];
    if (character === '[') brackets++;
    else if (character === ']') brackets--;
    else if (character === '$' && /[0-9]/.test(text[at + 1] ?? '') && !isWordPart(text, at - 1)) {
      throw new StatementParameterError('Positional parameters ($1) are not taken: name them (:name).', []);
    } else if (character === ':') {
      if (text[at + 1] === ':' || text[at + 1] === '=') {
        at += 2;
        continue;
      }
      const isSlice = brackets > 0 && (isWordPart(text, at - 1) || text[at - 1] === ')' || text[at - 1] === ']');
      if (!isSlice && NAME_START.test(text[at + 1] ?? '')) {
        let nameEnd = at + 1;
        while (isWordPart(text, nameEnd)) nameEnd++;
        const name = text.slice(at + 1, nameEnd);
        if (!names.includes(name)) names.push(name);
        sql += `${text.slice(copied, at)}$${names.indexOf(name) + 1}`;
        copied = nameEnd;
        at = nameEnd;
        continue;
      }
    }
    at++;
  }
  sql += text.slice(copied);
  return { text: sql, names, name: statementName(sql) };
}

/**
 * A statement ready to be sent.
 * @param orgId fills `:orgId`; a connection without a tenant passes null, and `:orgId` is then a parameter like any other.
 * @throws StatementParameterError for a name without a value, or a value without a name. @throws ParameterValueError
 */
export function bindStatement(text: string, parameters: SqlParameters | undefined, orgId: string | null): WireStatement {
  const compiled = compileStatement(text);
  return { text: compiled.text, name: compiled.name, values: prepareValues(valuesOf(compiled, parameters ?? {}, orgId)) };
}

function valuesOf(compiled: CompiledStatement, parameters: SqlParameters, orgId: string | null): unknown[] {
  if (orgId !== null && Object.hasOwn(parameters, 'orgId')) {
    throw new StatementParameterError('"orgId" is filled in by the connection and may not be passed.', ['orgId']);
  }
  const missing: string[] = [];
  const values = compiled.names.map((name) => {
    if (orgId !== null && name === 'orgId') return orgId;
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value === undefined) missing.push(name);
    return value;
  });
  if (missing.length > 0) {
    throw new StatementParameterError(`No value for ${quoted(missing)}: pass null for NULL.`, missing);
  }
  const unused = Object.keys(parameters).filter((name) => !compiled.names.includes(name));
  if (unused.length > 0) throw new StatementParameterError(`The statement has no parameter ${quoted(unused)}.`, unused);
  return values;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `":${name}"`).join(', ');
}
