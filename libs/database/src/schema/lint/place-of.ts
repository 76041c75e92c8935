import type { ObjectFinding, RecordedStatement } from './rules/rule.js';

/**
 * The statement that a finding about the catalogue belongs to: the last one that names the object (and its table), else the one that
 * makes the table, else the first that names it. Undefined where none does: a DO block, say.
 */
export function placeOf(finding: ObjectFinding, statements: readonly RecordedStatement[]): RecordedStatement | undefined {
  const name = bareName(finding.object);
  const { table } = finding;
  const named = statements.map((statement) => ({ statement, names: namesIn(statement) }));
  const exact = named.filter(({ names }) => names.has(name) && (table === undefined || names.has(table)));
  if (name !== table && exact.length > 0) return exact.at(-1)?.statement;
  const ofTable = named.filter(({ names }) => names.has(table ?? name)).map(({ statement }) => statement);
  return ofTable.find(({ kind }) => kind === 'CreateStmt') ?? ofTable.at(-1);
}

/** `policy owner_all on note` → owner_all, `function f(uuid)` → f, `column note.title` → title. */
function bareName(object: string): string {
  const [, name = ''] = /^(?:foreign key|materialized view|\w+) (\S+?)(?:\(.*)?(?: on .*)?$/.exec(object) ?? [];
  return name.split('.').at(-1) ?? name;
}

/** Every name and word that the parse of a statement holds. */
function namesIn({ node }: RecordedStatement): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string') names.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add);
  };
  add(node);
  return names;
}
