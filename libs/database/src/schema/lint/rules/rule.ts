import type { TenancyClass } from '../../../entities/declare/tenancy.js';
import type { Severity } from '../finding.js';
import type { SchemaModel, TableModel } from '../model/schema-model.js';
import type { Statement } from '../sql/statements.js';

/** SQL that a page shows and a test runs. */
export interface Example {
  /** What stands before it. Without one: a table `note` as it should be (examples.ts), and the schema of the migrations. */
  readonly given?: string;
  readonly sql: string;
  /** Where app_owner could not do it. */
  readonly asSuperuser?: boolean;
}

interface RuleText {
  /** Stable, kebab-case; the name of its file, of its page and in a suppression. */
  readonly id: string;
  /** One line: what is asked. */
  readonly title: string;
  /** What happens otherwise: measured, or seen to fail. Whole sentences. */
  readonly why: string;
  /** What to do instead, in one sentence. */
  readonly mend: string;
  readonly severity: Severity;
  /** What the rule stops. */
  readonly red: Example;
  /** What to write instead: no rule at all has anything to say about it. */
  readonly green: Example;
}

/** What a rule says of one object. */
export interface ObjectFinding {
  /** `table note`, `policy owner_all on note`, `index ix_note on note`, `function f(uuid)`. */
  readonly object: string;
  /** The table it belongs to, if any: where the statement that made it is looked for. */
  readonly table?: string;
  readonly says: string;
}

/** A rule about what is there: it looks at the catalogue, after a migration and on a live database alike. */
export interface CatalogueRule extends RuleText {
  readonly looksAt: 'catalogue';
  check(schema: Schema): ObjectFinding[] | Promise<ObjectFinding[]>;
}

/** What a rule says of one statement. */
export interface StatementFinding {
  readonly statement: RecordedStatement;
  readonly object: string;
  readonly says: string;
}

/** A rule about how it is done: it looks at the statements of a migration, as PostgreSQL parses them. */
export interface StatementRule extends RuleText {
  readonly looksAt: 'statements';
  check(migration: RecordedFacts): StatementFinding[] | Promise<StatementFinding[]>;
}

export type Rule = CatalogueRule | StatementRule;

/** The catalogue, with the tenancy class of each table. */
export interface Schema {
  readonly model: SchemaModel;
  /** The entity's, else T where the table has a column org_id, else undefined. */
  readonly classOf: (table: string) => TenancyClass | undefined;
  /** The tables of class T. */
  readonly tenantTables: readonly TableModel[];
}

/** A statement that a migration sent, with what a rule needs to judge it. */
export interface RecordedStatement extends Statement {
  /** From 0 in its direction. */
  readonly index: number;
  /** How many statements travelled in the same message. */
  readonly together: number;
}

/** One direction of a migration. */
export interface RecordedFacts {
  readonly migration: string;
  readonly statements: readonly RecordedStatement[];
  /** The catalogue before its first statement. */
  readonly before: Schema;
  readonly after: Schema;
  /** Whether the table was there before: one that the migration itself makes is empty and nobody waits for it. */
  readonly isOld: (table: string) => boolean;
}

/** Declares a rule about the catalogue. */
export function catalogueRule(rule: Omit<CatalogueRule, 'looksAt'>): CatalogueRule {
  return { looksAt: 'catalogue', ...rule };
}

/** Declares a rule about statements. */
export function statementRule(rule: Omit<StatementRule, 'looksAt'>): StatementRule {
  return { looksAt: 'statements', ...rule };
}

/** Where a rule's page is, from the root of the repository. */
export function pageOf(id: string): string {
  return `docs/schema-rules/${id}.md`;
}
