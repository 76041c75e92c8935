import { tenantTable } from './examples.js';
import { allOf, as, qualified, relationsNamed, tableName, texts } from '../sql/ast.js';
import { statementRule, type RecordedFacts, type RecordedStatement, type StatementFinding } from './rule.js';

export const dataStepAsOwner = statementRule({
  id: 'data-step-as-owner',
  title: 'A data step, and a validation, runs when the owner’s policy is there',
  why: 'Forced row security binds app_owner. On a table without its policy an UPDATE changes 0 rows without a word, VALIDATE CONSTRAINT passes over orphans, and an INSERT … SELECT copies nothing (each was seen).',
  mend: 'create policy owner_all … to app_owner using (true) with check (true) before the statement, in the same migration.',
  severity: 'error',
  red: {
    given: `${tenantTable('note')};\ndrop policy owner_all on app.note`,
    sql: `update app.note set title = btrim(title);
create policy owner_all on app.note for all to app_owner using (true) with check (true)`,
  },
  green: {
    given: `${tenantTable('note')};\ndrop policy owner_all on app.note`,
    sql: `create policy owner_all on app.note for all to app_owner using (true) with check (true);
update app.note set title = btrim(title)`,
  },
  check: (facts) => {
    const rows = new RowSight(facts);
    return facts.statements.flatMap((statement) => {
      const blind = rowsNeededBy(statement).filter((table) => rows.areHidden(table));
      rows.follow(statement);
      return blind.map((table): StatementFinding => ({
        statement,
        object: `table ${table}`,
        says: `app_owner sees no row of "${table}" here: this finds nothing, without a word.`,
      }));
    });
  },
});

/** Which tables hide their rows from app_owner, as the statements go by. */
class RowSight {
  readonly #forced: Set<string>;
  readonly #policies = new Map<string, Set<string>>();

  constructor({ before }: RecordedFacts) {
    this.#forced = new Set(before.model.tables.filter(({ rowSecurity, forced }) => rowSecurity && forced).map(({ name }) => name));
    for (const { name, policies } of before.model.tables) {
      this.#policies.set(name, new Set(policies.filter(({ roles }) => roles.includes('app_owner') || roles.includes('public')).map((policy) => policy.name)));
    }
  }

  areHidden(table: string): boolean {
    return this.#forced.has(table) && (this.#policies.get(table)?.size ?? 0) === 0;
  }

  follow({ node }: RecordedStatement): void {
    const alter = as(node, 'AlterTableStmt');
    for (const { subtype } of allOf(alter?.cmds, 'AlterTableCmd')) {
      if (subtype === 'AT_ForceRowSecurity') this.#forced.add(tableName(alter?.relation));
      if (subtype === 'AT_NoForceRowSecurity' || subtype === 'AT_DisableRowSecurity') this.#forced.delete(tableName(alter?.relation));
    }
    const policy = as(node, 'CreatePolicyStmt');
    if (policy !== undefined && allOf(policy.roles, 'RoleSpec').some(({ rolename }) => rolename === undefined || rolename === 'app_owner')) {
      const table = tableName(policy.table);
      this.#policies.set(table, new Set([...(this.#policies.get(table) ?? []), policy.policy_name ?? '']));
    }
    const drop = as(node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_POLICY') return;
    for (const { items } of allOf(drop.objects, 'List')) this.#policies.get(qualified(texts(items).slice(0, -1)))?.delete(texts(items).at(-1) ?? '');
  }
}

/** The tables whose rows a statement reads or writes, those of a validation included. */
function rowsNeededBy({ node, kind }: RecordedStatement): string[] {
  if (['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'SelectStmt', 'CreateTableAsStmt'].includes(kind)) {
    return [...new Set(relationsNamed(node))];
  }
  const alter = as(node, 'AlterTableStmt');
  const validates = allOf(alter?.cmds, 'AlterTableCmd').some(({ subtype, def }) => {
    const added = subtype === 'AT_AddConstraint' ? as(def, 'Constraint') : undefined;
    return subtype === 'AT_ValidateConstraint' || (added?.contype === 'CONSTR_FOREIGN' && added.skip_validation !== true);
  });
  return validates ? [tableName(alter?.relation)] : [];
}
