import type { AreaFacts, ReferenceFacts, TableFacts } from '../facts/table-facts.js';

/** An arrow of a diagram, from the row that refers to the row it refers to. */
export interface Relation {
  readonly from: string;
  readonly to: string;
  /** The column that says which row, without the org_id that stands beside it. */
  readonly column: string;
  /** Every row refers to one. */
  readonly required: boolean;
  /** No two rows refer to the same one. */
  readonly single: boolean;
}

/** What the diagram of an area shows. */
export interface Relations {
  readonly relations: readonly Relation[];
  /** Tables of other areas that relations lead to, in alphabetical order. */
  readonly neighbours: readonly string[];
  /** Whether references to the organization were left out, since every table of a tenant has one. */
  readonly withoutOrganization: boolean;
}

/** The relations of an area's tables. Where the area does not hold the organization itself, references to it are left out. */
export function relationsOf(area: AreaFacts): Relations {
  const own = new Set(area.tables.map(({ name }) => name));
  const all = area.tables.flatMap((table) => table.references.map((reference) => ({ table, reference })));
  const isToOrganization = ({ reference }: (typeof all)[number]): boolean => reference.target === 'organization' && reference.columns.join() === 'org_id';
  const shown = own.has('organization') ? all : all.filter((one) => !isToOrganization(one));
  const relations = shown.map(({ table, reference }) => relationOf(table, reference));
  const neighbours = [...new Set(relations.map(({ to }) => to))].filter((name) => !own.has(name)).sort();
  return { relations, neighbours, withoutOrganization: shown.length < all.length };
}

function relationOf(table: TableFacts, { columns, target }: ReferenceFacts): Relation {
  const required = table.columns.filter(({ name }) => columns.includes(name)).every((column) => column.required);
  const single = table.keys.some((key) => (key.kind === 'primary key' || key.kind === 'unique') && key.columns.every((column) => columns.includes(column)));
  return { from: table.name, to: target, column: columns.at(-1) ?? '', required, single };
}
