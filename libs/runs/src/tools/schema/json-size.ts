/** How large a value of JSON may be. */
export interface JsonBounds {
  /** The most values in it, counted with those that hold others. */
  readonly maxValues: number;
  /** The deepest nesting; a value that holds nothing has 1. */
  readonly maxDepth: number;
  /** The most characters of all its texts and names together. */
  readonly maxCharacters: number;
}

/** What of `value` is over its bounds, as the end of a sentence that begins with its name; undefined where nothing is. */
export function oversize(value: unknown, { maxValues, maxDepth, maxCharacters }: JsonBounds): string | undefined {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 1 }];
  let values = 0;
  let characters = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: current, depth } = next;
    values += 1;
    if (typeof current === 'string') characters += current.length;
    if (depth > maxDepth) return `is nested deeper than ${maxDepth}`;
    for (const [name, child] of childrenOf(current)) {
      characters += name.length;
      open.push({ value: child, depth: depth + 1 });
    }
    if (values + open.length > maxValues) return `has more than ${maxValues} values`;
    if (characters > maxCharacters) return `has more than ${maxCharacters} characters`;
  }
  return undefined;
}

function childrenOf(value: unknown): Iterable<readonly [name: string, child: unknown]> {
  if (Array.isArray(value)) return value.map((child: unknown) => ['', child] as const);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
