import type { RecordedStatement } from './rules/rule.js';

/** `-- plinth:allow rule-id: reason` in the SQL of a statement: that rule is not asked about that statement. */
export interface Suppression {
  readonly statement: RecordedStatement;
  /** Undefined where the comment cannot be read. */
  readonly rule: string | undefined;
  readonly reason: string | undefined;
  readonly comment: string;
}

const COMMENT = /--[ \t]*plinth:allow\b.*/g;
const WELL_FORMED = /^--[ \t]*plinth:allow[ \t]+([a-z][a-z0-9/-]*)[ \t]*(?::[ \t]*(.*))?$/;

/** The suppressions in the statements of a migration. A reason has at least three words. */
export function suppressionsIn(statements: readonly RecordedStatement[]): Suppression[] {
  return statements.flatMap((statement) =>
    [...statement.text.matchAll(COMMENT)].map(([comment]) => {
      const [, rule, reason = ''] = WELL_FORMED.exec(comment.trim()) ?? [];
      return { statement, rule, reason: reason.trim().split(/\s+/).length >= 3 ? reason.trim() : undefined, comment: comment.trim() };
    }),
  );
}
