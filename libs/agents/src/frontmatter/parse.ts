import { Composer, isAlias, isMap, isScalar, Lexer, Parser, visit, type CST, type Document } from 'yaml';
import { FileProblem } from './problem.js';
import { MAX_FRONTMATTER_BYTES } from './split.js';

const MAX_ALIASES = 100;
const MAX_DEPTH = 32;
const MAX_NODES = 20_000;
/** Tokens of the text: a node has a few, white space included. 256 KB of brackets alone would take a second to read. */
const MAX_TOKENS = 80_000;

export type PlainData = null | boolean | number | string | PlainData[] | { [key: string]: PlainData };
export type Frontmatter = Record<string, PlainData>;

/**
 * YAML 1.2 as plain data that JSON can hold. Nothing in it is ever run: a tag that asks for a type of a programming language is
 * refused. A key `__proto__` is left out. Empty frontmatter is an empty object.
 * @throws FileProblem
 */
export function parseFrontmatter(text: string): Frontmatter {
  const document = compose(text);
  checkNodes(document);
  const budget = { nodes: MAX_NODES, bytes: MAX_FRONTMATTER_BYTES };
  const data = toPlain(toJs(document), 0, budget);
  if (data === null) return {};
  if (typeof data !== 'object' || Array.isArray(data))
    throw new FileProblem('FRONTMATTER_NOT_A_MAPPING', 'The frontmatter is not a mapping of names to values.');
  return data;
}

/**
 * Two steps, since the second is recursive: nested thousands deep it ends the stack, and near that end V8 ends the whole process. The
 * first keeps a stack of its own, so the depth can be seen before.
 */
function compose(text: string): Document.Parsed {
  const tokens: CST.Token[] = [];
  const take = (token: CST.Token): void => {
    if (token.type === 'document') refuseDeep(token);
    tokens.push(token);
  };
  const parser = new Parser();
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    count += 1;
    if (count > MAX_TOKENS) throw tooDeep();
    for (const token of parser.next(lexeme)) take(token);
  }
  for (const token of parser.end()) take(token);
  // uniqueKeys compares every pair of keys, quadratic in a file of others' making: checkNodes does it in one pass.
  const composer = new Composer({ version: '1.2', schema: 'core', uniqueKeys: false, strict: true, prettyErrors: false, logLevel: 'silent' });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined || second !== undefined) throw new FileProblem('FRONTMATTER_INVALID', 'The frontmatter is not one YAML document.');
  const [first] = document.errors;
  if (first !== undefined) throw new FileProblem('FRONTMATTER_INVALID', `The frontmatter is not valid YAML: ${brief(first.message)}`);
  const tag = document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (tag !== undefined) throw new FileProblem('FRONTMATTER_TAG', 'The frontmatter holds a tag that is not read. Only plain data is.');
  return document;
}

function checkNodes(document: Document.Parsed): void {
  let aliases = 0;
  let nodes = 0;
  visit(document, (_key, node, path) => {
    nodes += 1;
    if (isAlias(node)) aliases += 1;
    if (nodes > MAX_NODES * 2 || path.length > MAX_DEPTH * 3) throw tooDeep();
    if (aliases > MAX_ALIASES) throw tooManyAliases();
    if (!isMap(node)) return;
    const seen = new Set<unknown>();
    for (const { key } of node.items) {
      const name = isScalar(key) ? key.value : key;
      if (seen.has(name)) throw new FileProblem('FRONTMATTER_INVALID', `The frontmatter names "${brief(String(name))}" twice.`);
      seen.add(name);
    }
  });
}

function toJs(document: Document.Parsed): unknown {
  try {
    return document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError) throw /excessive/i.test(error.message) ? tooManyAliases() : invalid(error);
    throw invalid(error);
  }
}

function toPlain(value: unknown, depth: number, budget: { nodes: number; bytes: number }): PlainData {
  budget.nodes -= 1;
  if (depth > MAX_DEPTH || budget.nodes < 0) throw tooDeep();
  if (Array.isArray(value)) return value.map((item) => toPlain(item, depth + 1, budget));
  if (value instanceof Map) {
    const entries = [...value].filter(([key]) => key !== '__proto__').map(([key, item]) => [plainKey(key, budget), toPlain(item, depth + 1, budget)] as const);
    return Object.fromEntries(entries);
  }
  if (typeof value === 'string') return plainText(value, budget);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  throw new FileProblem('FRONTMATTER_TAG', 'The frontmatter holds a value that is no plain data.');
}

function plainKey(key: unknown, budget: { bytes: number }): string {
  if (typeof key === 'string') return plainText(key, budget);
  if (key === null || typeof key === 'number' || typeof key === 'boolean') return String(key);
  throw new FileProblem('FRONTMATTER_INVALID', 'The frontmatter holds a key that is a list or a mapping.');
}

/** Text that PostgreSQL can hold as jsonb. Counting its length bounds what aliases repeat. */
function plainText(text: string, budget: { bytes: number }): string {
  budget.bytes -= text.length;
  if (budget.bytes < 0)
    throw new FileProblem('FRONTMATTER_TOO_LARGE', `The frontmatter, its repetitions written out, is larger than ${MAX_FRONTMATTER_BYTES} bytes.`);
  if (/[\0\p{Surrogate}]/u.test(text))
    throw new FileProblem('FRONTMATTER_INVALID', 'The frontmatter holds a character that is no text: NUL or half of a surrogate pair.');
  return text;
}

/** Refuses a document nested too deep. Keeps its own stack. */
function refuseDeep(root: CST.Document): void {
  const waiting: { token: CST.Token; depth: number }[] = root.value === undefined ? [] : [{ token: root.value, depth: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) throw tooDeep();
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key !== undefined && key !== null) waiting.push({ token: key, depth: depth + 1 });
      if (value !== undefined) waiting.push({ token: value, depth: depth + 1 });
    }
  }
}

function tooDeep(): FileProblem {
  return new FileProblem('FRONTMATTER_TOO_DEEP', `The frontmatter is nested deeper than ${MAX_DEPTH} levels or holds more than ${MAX_NODES} values.`);
}

function tooManyAliases(): FileProblem {
  return new FileProblem('FRONTMATTER_ALIASES', `The frontmatter repeats itself by aliases more than ${MAX_ALIASES} times.`);
}

function invalid(error: unknown): FileProblem {
  if (error instanceof RangeError) return tooDeep();
  return new FileProblem('FRONTMATTER_INVALID', `The frontmatter is not valid YAML: ${brief(error instanceof Error ? error.message : String(error))}`);
}

function brief(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}]+/gu, ' ').slice(0, 200);
}
