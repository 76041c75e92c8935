import type { Catalogue } from '../catalogue/catalogue.js';
import type { EngineAction } from '../catalogue/engine/actions.js';
import type { SchemaFact } from '../catalogue/fact.js';

/** What a safe form may look at: both catalogues, and what else the plan does. */
export class PlanContext {
  readonly #created: ReadonlySet<string>;
  readonly #dropped: ReadonlySet<string>;

  constructor(
    readonly from: Catalogue,
    readonly to: Catalogue,
    readonly actions: readonly EngineAction[],
  ) {
    this.#created = new Set(actions.flatMap(({ creates, verb }) => (verb === 'create' ? creates : [])));
    this.#dropped = new Set(actions.flatMap(({ drops }) => drops));
  }

  /** The fact as it shall be, else as it is. */
  fact(key: string): SchemaFact | undefined {
    return this.to.facts.get(key) ?? this.from.facts.get(key);
  }

  /** The table of a fact, without schema. */
  tableOf(key: string): string | null {
    return this.fact(key)?.table ?? null;
  }

  /** Whether the table is there before the plan runs, and so may hold rows and be in use. */
  isThere(table: string | null): table is string {
    return table !== null && this.from.facts.has(`table:app.${encodePart(table)}`);
  }

  /** Whether it is there, and stays. */
  isInUse(table: string | null): table is string {
    return this.isThere(table) && !this.#dropped.has(`table:app.${encodePart(table)}`);
  }

  /** Whether the plan drops the thing and makes it again: it is on both sides. */
  isReplaced(key: string): boolean {
    return this.#created.has(key) && this.#dropped.has(key);
  }

  /** Whether the plan makes again, unchanged, something that depends on a thing that is replaced: then its order must be left alone. */
  forcesRebuild(): boolean {
    return [...this.#created].some((key) => this.#dropped.has(key) && /^(constraint|index):/.test(key) && this.#isUnchanged(key));
  }

  #isUnchanged(key: string): boolean {
    const before = this.from.facts.get(key);
    const after = this.to.facts.get(key);
    return before !== undefined && after !== undefined && JSON.stringify(before.attributes) === JSON.stringify(after.attributes);
  }
}

/** A name as it stands in a key: in quotes where it holds something special. */
function encodePart(name: string): string {
  return /[.:(),"\s]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
