import { allOf, as, tableName, texts } from '../sql/ast.js';
import { statementRule, type RecordedFacts, type RecordedStatement, type StatementFinding } from './rule.js';

export const indexConcurrently = statementRule({
  id: 'index-concurrently',
  title: 'An index of an existing table is built and dropped CONCURRENTLY',
  why: 'CREATE INDEX locks out every write until it is done: minutes on a large table, with all requests waiting behind it. DROP INDEX locks out reads as well.',
  mend: 'create index concurrently …, in a migration of its own that says transaction = false',
  severity: 'error',
  red: { sql: 'create index ix_note_title on app.note (org_id, title)' },
  green: { sql: 'create index concurrently ix_note_title on app.note (org_id, title)' },
  check: (facts) => facts.statements.flatMap((statement) => [...built(facts, statement), ...dropped(facts, statement)]),
});

function built(facts: RecordedFacts, statement: RecordedStatement): StatementFinding[] {
  const index = as(statement.node, 'IndexStmt');
  const table = tableName(index?.relation);
  if (index === undefined || index.concurrent === true || !facts.isOld(table)) return [];
  return [{ statement, object: `index ${index.idxname ?? ''} on ${table}`, says: `This locks out writes to "${table}" until the index is built.` }];
}

function dropped(facts: RecordedFacts, statement: RecordedStatement): StatementFinding[] {
  const drop = as(statement.node, 'DropStmt');
  if (drop?.removeType !== 'OBJECT_INDEX' || drop.concurrent === true) return [];
  const names = allOf(drop.objects, 'List').map(({ items }) => texts(items).at(-1) ?? '');
  return facts.before.model.tables.flatMap((table) =>
    table.indexes
      .filter(({ name }) => names.includes(name))
      .map(({ name }) => ({
        statement,
        object: `index ${name} on ${table.name}`,
        says: `This locks out everybody from "${table.name}" while it waits for its turn.`,
      })),
  );
}
