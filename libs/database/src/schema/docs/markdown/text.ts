/** What every generated page begins with. */
export const GENERATED = '<!-- Written by `npm run schema:docs` from the entities and the migrations. Do not edit. -->';

/** Inline code; names and SQL hold no backtick. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** A table. Pipes in cells are escaped; a table without rows is nothing. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line), ''];
}

/** The page's text, with one newline at its end. */
export function page(lines: readonly string[]): string {
  return `${[GENERATED, '', ...lines].join('\n').trimEnd()}\n`;
}
