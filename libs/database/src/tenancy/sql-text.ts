const IDENTIFIER_PART = /[A-Za-z0-9_$\u0080-\uffff]/;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const CONTINUATION = /[ \t\f\v]*[\r\n]\s*'/y;

/** Whether the character at `index` belongs to an identifier, a keyword or a number. */
export function isWordPart(text: string, index: number): boolean {
  const character = text[index];
  return character !== undefined && IDENTIFIER_PART.test(character);
}

/**
 * The end of the comment, string, quoted identifier or dollar-quoted text that starts at `index`; `index` itself if none does.
 * An unterminated one reaches to the end of the text (PostgreSQL refuses it). Strings are read as with
 * `standard_conforming_strings = on`, PostgreSQL's default.
 */
export function skipOpaque(text: string, index: number): number {
  switch (text[index]) {
    case '-':
      return text[index + 1] === '-' ? endOfLine(text, index) : index;
    case '/':
      return text[index + 1] === '*' ? endOfBlockComment(text, index) : index;
    case "'":
      return endOfString(text, index);
    case '"':
      return endOfQuoted(text, index, '"', false);
    case '$':
      return endOfDollarQuoted(text, index);
    default:
      return index;
  }
}

function endOfLine(text: string, index: number): number {
  for (let at = index; at < text.length; at++) if (text[at] === '\n' || text[at] === '\r') return at;
  return text.length;
}

function endOfBlockComment(text: string, index: number): number {
  let depth = 1;
  for (let at = index + 2; at < text.length; at++) {
    if (text[at] === '/' && text[at + 1] === '*') {
      depth++;
      at++;
    } else if (text[at] === '*' && text[at + 1] === '/') {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function endOfString(text: string, index: number): number {
  const before = text[index - 1];
  const escapes = (before === 'e' || before === 'E') && !isWordPart(text, index - 2);
  let end = endOfQuoted(text, index, "'", escapes);
  while (escapes) {
    CONTINUATION.lastIndex = end;
    if (!CONTINUATION.test(text)) break;
    end = endOfQuoted(text, CONTINUATION.lastIndex - 1, "'", true);
  }
  return end;
}

function endOfQuoted(text: string, index: number, quote: string, escapes: boolean): number {
  for (let at = index + 1; at < text.length; at++) {
    if (escapes && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return text.length;
}

function endOfDollarQuoted(text: string, index: number): number {
  if (isWordPart(text, index - 1)) return index;
  DOLLAR_TAG.lastIndex = index;
  const tag = DOLLAR_TAG.exec(text)?.[0];
  if (tag === undefined) return index;
  const end = text.indexOf(tag, index + tag.length);
  return end === -1 ? text.length : end + tag.length;
}
