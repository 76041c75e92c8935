import type { FactMap, SchemaFact } from '../../catalogue/fact.js';
import { ownName, textOf } from './keys.js';

/** Something that is gone, and what is new and alike: perhaps the same thing under another name. */
export interface RenameCandidate {
  readonly kind: 'table' | 'column';
  /** `run.old_name`, or a table's name. */
  readonly from: string;
  /** One or several, the most alike first. */
  readonly to: readonly string[];
  readonly flag: '--rename' | '--rename-table';
}

/** Tables that share so much of their columns may be one. */
const ALIKE = 0.5;

/** What is gone and could be what is new: a column of the same table and type, a table with much the same columns. */
export function renameCandidates(migrations: FactMap, entities: FactMap): RenameCandidate[] {
  return [...tableCandidates(migrations, entities), ...columnCandidates(migrations, entities)];
}

function tableCandidates(migrations: FactMap, entities: FactMap): RenameCandidate[] {
  const [gone, fresh] = [only(migrations, entities, 'table'), only(entities, migrations, 'table')];
  return gone.flatMap((table): RenameCandidate[] => {
    const columns = columnsOf(table, migrations);
    const ranked = fresh
      .map((candidate) => ({ name: ownName(candidate), alike: likeness(columns, columnsOf(candidate, entities)) }))
      .filter(({ alike }) => alike >= ALIKE)
      .sort((left, right) => right.alike - left.alike);
    return ranked.length === 0 ? [] : [{ kind: 'table', from: ownName(table), to: ranked.map(({ name }) => name), flag: '--rename-table' }];
  });
}

function columnCandidates(migrations: FactMap, entities: FactMap): RenameCandidate[] {
  const bothHave = (fact: SchemaFact): boolean => fact.parent !== undefined && migrations.has(fact.parent) && entities.has(fact.parent);
  const fresh = only(entities, migrations, 'column').filter(bothHave);
  return only(migrations, entities, 'column')
    .filter(bothHave)
    .flatMap((column): RenameCandidate[] => {
      const alike = fresh.filter(({ parent, attributes }) => parent === column.parent && attributes['type'] === column.attributes['type']);
      const named = (fact: SchemaFact): string => `${fact.table ?? ''}.${ownName(fact)}`;
      return alike.length === 0 ? [] : [{ kind: 'column', from: named(column), to: alike.map(named), flag: '--rename' }];
    });
}

function only(side: FactMap, other: FactMap, kind: string): SchemaFact[] {
  return [...side.values()].filter((fact) => fact.kind === kind && !other.has(fact.key));
}

function columnsOf(table: SchemaFact, facts: FactMap): ReadonlySet<string> {
  const columns = [...facts.values()].filter(({ kind, parent }) => kind === 'column' && parent === table.key);
  return new Set(columns.map((column) => `${ownName(column)} ${textOf(column, 'type')}`));
}

/** The share of the columns that both have, from 0 to 1. */
function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const all = new Set([...left, ...right]);
  return all.size === 0 ? 0 : [...left].filter((column) => right.has(column)).length / all.size;
}
