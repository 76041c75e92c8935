/** Cut at the commas outside of brackets and quotes, each part without white space around it. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim());
}

const CREATE_TABLE = /^(CREATE (?:UNLOGGED )?TABLE ([^(]+) )\((.*)\)$/s;

/** What stands in the brackets of a CREATE TABLE, one by one; undefined for another statement. */
export function tableParts(sql: string): { readonly head: string; readonly table: string; readonly parts: readonly string[] } | undefined {
  const [, head, table, body] = CREATE_TABLE.exec(sql) ?? [];
  return head === undefined || table === undefined || body === undefined ? undefined : { head, table, parts: splitList(body) };
}
