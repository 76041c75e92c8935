import { ACCEPTED } from './accepted.js';
import type { LintFinding, StatementPlace } from './finding.js';
import { catalogueFindings, type Found } from './lint-catalogue.js';
import { placeOf } from './place-of.js';
import type { FindSource } from './record/source-lines.js';
import { RULES } from './rules/index.js';
import { pageOf, type ObjectFinding, type RecordedFacts, type RecordedStatement, type Rule, type Schema } from './rules/rule.js';
import { parseStatements } from './sql/statements.js';
import { applySuppressions } from './suppressed.js';

/** A migration's `up` as it ran on the scratch database. */
export interface RecordedMigration {
  readonly name: string;
  /** What travelled, in order. */
  readonly messages: readonly string[];
  readonly before: Schema;
  readonly after: Schema;
  readonly findSource?: FindSource;
  /** What somebody else (squawk) says of the statements, by their index. */
  readonly others?: readonly OutsideFinding[];
}

/** A finding from outside of our rules, on a statement. */
export interface OutsideFinding {
  readonly statement: number;
  readonly rule: string;
  readonly object: string;
  readonly says: string;
  readonly mend: string;
  readonly page: string;
}

export interface MigrationReport {
  readonly migration: string;
  readonly statements: number;
  readonly findings: readonly LintFinding[];
  /** What was found and suppressed, with the reason that the migration gives. */
  readonly suppressed: readonly (LintFinding & { readonly reason: string })[];
}

const STATEMENT_RULES = RULES.filter((rule) => rule.looksAt === 'statements');

/** The statements of the messages, in order. @throws UnparsableSqlError */
export async function recordedStatements(messages: readonly string[]): Promise<RecordedStatement[]> {
  const split = await Promise.all(messages.map(parseStatements));
  return split
    .flatMap((statements) => statements.map((statement) => ({ ...statement, together: statements.length })))
    .map((statement, index) => ({ ...statement, index }));
}

/**
 * Runs every rule on one migration. A rule about the catalogue says what is new in it: what was so before is not this migration's. A
 * finding belongs to the statement that made the object, which is where its suppression stands.
 * @throws UnparsableSqlError
 */
export async function lintMigration(recorded: RecordedMigration): Promise<MigrationReport> {
  const statements = await recordedStatements(recorded.messages);
  const facts = factsOf(recorded, statements);
  const places = statements.map((statement) => toPlace(recorded, statement));
  const found = [...(await byStatement(facts)), ...(await byCatalogue(facts)), ...fromOutside(recorded, statements)];
  const located = found.map(({ statement, ...finding }) => {
    const at = statement === undefined ? { migration: recorded.name, direction: 'up' as const, statement: 0, sql: '' } : places[statement.index];
    return { statement, finding: { ...finding, ...(at === undefined ? {} : { at }) } };
  });
  return { migration: recorded.name, statements: statements.length, ...applySuppressions(statements, places, located) };
}

type Unplaced = Omit<LintFinding, 'at'> & { readonly statement: RecordedStatement | undefined };

function factsOf({ name, before, after }: RecordedMigration, statements: readonly RecordedStatement[]): RecordedFacts {
  const old = new Set(before.model.tables.map((table) => table.name));
  return { migration: name, statements, before, after, isOld: (table) => old.has(table) };
}

async function byStatement(facts: RecordedFacts): Promise<Unplaced[]> {
  const found = await Promise.all(
    STATEMENT_RULES.map(async (rule) => (await rule.check(facts)).map((one) => ({ ...unplaced(rule, one), statement: one.statement }))),
  );
  return found.flat();
}

async function byCatalogue(facts: RecordedFacts): Promise<Unplaced[]> {
  const [before, after] = await Promise.all([catalogueFindings(facts.before), catalogueFindings(facts.after)]);
  const known = new Set(before.map(keyOf));
  return after
    .filter((found) => !known.has(keyOf(found)) && !isAccepted(found))
    .map(({ rule, finding }) => ({ ...unplaced(rule, finding), statement: placeOf(finding, facts.statements) }));
}

function keyOf({ rule, finding }: Found): string {
  return `${rule.id} ${finding.object} ${finding.says}`;
}

function isAccepted({ rule, finding }: Found): boolean {
  return ACCEPTED.some((accepted) => accepted.rule === rule.id && accepted.object === finding.object);
}

function fromOutside({ others = [] }: RecordedMigration, statements: readonly RecordedStatement[]): Unplaced[] {
  return others.map(({ statement, ...finding }) => ({ ...finding, severity: 'error', statement: statements[statement] }));
}

function unplaced(rule: Rule, { object, says }: Pick<ObjectFinding, 'object' | 'says'>): Omit<LintFinding, 'at'> {
  return { rule: rule.id, severity: rule.severity, object, says, mend: rule.mend, page: pageOf(rule.id) };
}

function toPlace({ name, findSource }: RecordedMigration, { index, text }: RecordedStatement): StatementPlace {
  const source = findSource?.(text);
  return { migration: name, direction: 'up', statement: index + 1, ...(source === undefined ? {} : { source }), sql: text };
}
