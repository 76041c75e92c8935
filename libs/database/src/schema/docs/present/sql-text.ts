const KEYWORDS = /\b(?:AND|OR|NOT|IS|NULL|NULLS|FIRST|LAST|DESC|ASC|IN|BETWEEN|LIKE|CASE|WHEN|THEN|ELSE|END|SELECT|FROM|WHERE|EXISTS|INCLUDE)\b/g;

/**
 * An expression as PostgreSQL prints it, without what it adds by itself: casts of columns and constants to text, `= ANY (ARRAY[…])` for a
 * list, capitals, and the outermost parentheses.
 */
export function plainSql(expression: string): string {
  const plain = expression
    .replace(/\((\w+)\)::text/g, '$1')
    .replace(/('(?:[^']|'')*')::(?:text|character varying)/g, '$1')
    .replace(/= ANY \(ARRAY\[([^\]]*)\]\)/g, 'in ($1)')
    .replace(/\((\w+ (?:=|<>) '(?:[^']|'')*')\)/g, '$1')
    .replace(/\((\w+ IS (?:NOT )?NULL)\)/g, '$1');
  return withoutParentheses(lowerKeywords(plain));
}

/** Of SQL: names and the contents of strings stay as they are. */
export function lowerKeywords(text: string): string {
  return text.replace(/'(?:[^']|'')*'|[^']+/g, (part) => (part.startsWith("'") ? part : part.replace(KEYWORDS, (word) => word.toLowerCase())));
}

/** `(a = b)` → `a = b`, and `(a) or (b)` stays. */
export function withoutParentheses(text: string): string {
  if (!text.startsWith('(')) return text;
  let depth = 0;
  for (const [place, character] of [...text].entries()) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0) return place === text.length - 1 ? withoutParentheses(text.slice(1, -1)) : text;
  }
  return text;
}
