import { StatementRefusedError } from './errors.js';
import { isWordPart, skipOpaque } from './sql-text.js';

/**
 * What a connection sends, by first keyword. Everything else is refused: PostgreSQL lets the weakest role SET, RESET,
 * DISCARD, DO and end a transaction, and any of these would undo what the connection has entered. Notifying is
 * `select pg_notify(…)`, locking is FOR UPDATE; schema changes belong to migrations.
 */
const SENT = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'WITH', 'VALUES', 'TABLE', 'MERGE', 'EXPLAIN']);
const EXPLAIN_OPTIONS = new Set(['ANALYZE', 'ANALYSE', 'VERBOSE']);

/**
 * Refuses a statement that would change the session or end the transaction.
 * A second statement after a semicolon is refused by PostgreSQL itself: statements go by the extended protocol.
 * @throws StatementRefusedError
 */
export function guardStatement(text: string): void {
  if (typeof text !== 'string') throw new StatementRefusedError(String(text), 'a statement is a text.');
  if (text.includes('\0')) throw new StatementRefusedError('\\0', 'a statement holds no NUL character.');
  const first = keywordAt(text, skipToWord(text, 0, '(;'));
  if (first === '') throw new StatementRefusedError(text.slice(0, 40), 'it holds no statement.');
  refuseUnlessSent(first);
  if (first === 'EXPLAIN') guardExplained(text);
}

function refuseUnlessSent(keyword: string): void {
  if (SENT.has(keyword)) return;
  throw new StatementRefusedError(
    keyword,
    `only ${[...SENT].join(', ')} are. Sessions and transactions belong to the connection: use transaction(), and migrations for the schema.`,
  );
}

/** EXPLAIN [ANALYZE] [VERBOSE] [(options)] statement: the statement itself is held to the same list. */
function guardExplained(text: string): void {
  let at = skipToWord(text, 0, '(;') + 'EXPLAIN'.length;
  for (;;) {
    at = skipToWord(text, at, '');
    if (text[at] === '(' && /^\(\s*(?:(?:select|with|table)\b|values\s*\()/i.test(text.slice(at))) at = skipToWord(text, at, '(');
    else if (text[at] === '(') {
      at = endOfOptions(text, at + 1);
      continue;
    }
    const keyword = keywordAt(text, at);
    if (!EXPLAIN_OPTIONS.has(keyword)) {
      refuseUnlessSent(keyword);
      return;
    }
    at += keyword.length;
  }
}

/** The index behind the parenthesis that closes EXPLAIN's options; one inside a comment or a string closes nothing. */
function endOfOptions(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const end = skipOpaque(text, at);
    if (end > at) at = end;
    else if (text[at++] === ')') return at;
  }
  return at;
}

/** The index of the next character that is no space, no comment and none of `alsoSkip`. */
function skipToWord(text: string, from: number, alsoSkip: string): number {
  let at = from;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (/[ \t\n\r\f\v]/.test(character) || alsoSkip.includes(character)) at++;
    else if (character === '-' || character === '/') {
      const end = skipOpaque(text, at);
      if (end === at) return at;
      at = end;
    } else return at;
  }
  return at;
}

function keywordAt(text: string, at: number): string {
  let end = at;
  while (isWordPart(text, end)) end++;
  return text.slice(at, end).toUpperCase() || text.slice(at, at + 1);
}
