import type { Node, RangeVar } from 'libpg-query';

export type { Node, RangeVar } from 'libpg-query';

/** The names of PostgreSQL's parse nodes, such as `CreateStmt`. */
export type NodeKind = Node extends infer Each ? (Each extends object ? keyof Each : never) : never;
/** What a node of one kind holds. */
export type NodeOf<Kind extends NodeKind> = Node extends infer Each ? (Each extends Record<Kind, infer Content> ? Content : never) : never;

/** The content of `node` where it is of that kind, else undefined. */
export function as<Kind extends NodeKind>(node: Node | undefined, kind: Kind): NodeOf<Kind> | undefined {
  if (node === undefined || !(kind in node)) return undefined;
  return (node as Record<Kind, NodeOf<Kind>>)[kind];
}

/** The contents of those of `nodes` that are of that kind. */
export function allOf<Kind extends NodeKind>(nodes: readonly Node[] | undefined, kind: Kind): NodeOf<Kind>[] {
  return (nodes ?? []).flatMap((node) => as(node, kind) ?? []);
}

/** Calls `visit` with every node below (and with) `value`, outermost first, with the kind as its first argument. */
export function walk(value: unknown, visit: (kind: string, content: unknown) => void): void {
  if (Array.isArray(value)) return value.forEach((each) => walk(each, visit));
  if (typeof value !== 'object' || value === null) return;
  for (const [key, content] of Object.entries(value)) {
    if (/^[A-Z]/.test(key) && isRecord(content)) visit(key, content);
    walk(content, visit);
  }
}

/** Every node of one kind below `value`. */
export function findAll<Kind extends NodeKind>(value: unknown, kind: Kind): NodeOf<Kind>[] {
  const found: NodeOf<Kind>[] = [];
  walk(value, (seen, content) => {
    if (seen === kind) found.push(content as NodeOf<Kind>);
  });
  return found;
}

/** Every relation that is named below `value`, as `tableName` says it. Some nodes hold theirs without a wrapping RangeVar. */
export function relationsNamed(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(relationsNamed);
  if (!isRecord(value)) return [];
  const own = typeof value['relname'] === 'string' ? [tableName(value)] : [];
  return [...own, ...Object.values(value).flatMap(relationsNamed)];
}

/** The texts of a list of String nodes. */
export function texts(nodes: readonly Node[] | undefined): string[] {
  return allOf(nodes, 'String').map((node) => node.sval ?? '');
}

/** `note` for a table of the schema `app` (or without a schema), else `schema.note`. */
export function tableName(relation: RangeVar | undefined): string {
  return qualified([...(relation?.schemaname === undefined ? [] : [relation.schemaname]), relation?.relname ?? '']);
}

/** The last name of a path for something in `app` or without a schema, else the whole path. */
export function qualified(path: readonly string[]): string {
  const parts = path[0] === 'app' ? path.slice(1) : path;
  return parts.join('.');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
