import { CommitRolledBackError } from '../errors.js';
import type { UnitOfWork } from '../unit-of-work.js';
import { prepareValues } from './one-sync.js';
import type { WireResult, WireStatement } from './wire.js';

interface Savepoint {
  readonly name: string;
  readonly owner: object;
  readonly openedAt: number;
  /** Statements given since by the owner, or by what it encloses. */
  own: number;
}

const stacks = new WeakMap<UnitOfWork, SavepointStack>();

function control(text: string): WireStatement {
  return { text, name: null, values: prepareValues([]), discardRows: true };
}

/**
 * The savepoints of one transaction. PostgreSQL keeps them as a stack, but two `save()` beside each other do not end in
 * order: one that is not on top is left to the commit, and one that cannot go back without undoing somebody else's
 * statements dooms the whole transaction instead.
 */
export class SavepointStack {
  readonly #open: Savepoint[] = [];
  #made = 0;

  private constructor(private readonly unit: UnitOfWork) {}

  /** The stack of a transaction. */
  static of(unit: UnitOfWork): SavepointStack {
    const known = stacks.get(unit) ?? new SavepointStack(unit);
    stacks.set(unit, known);
    return known;
  }

  /** Gives the transaction a statement. @param owners who it is for: the innermost, and those that enclose it */
  run(statement: WireStatement, owners: readonly object[]): Promise<WireResult> {
    for (const savepoint of this.#open) if (owners.includes(savepoint.owner)) savepoint.own++;
    return this.unit.run(statement);
  }

  /** Whether `owner` has a savepoint open. */
  holds(owner: object): boolean {
    return this.#open.some((savepoint) => savepoint.owner === owner);
  }

  async begin(owners: readonly [object, ...object[]]): Promise<void> {
    const name = `orm_${++this.#made}`;
    const sent = this.run(control(`savepoint ${name}`), owners);
    this.#open.push({ name, owner: owners[0], openedAt: this.unit.statements, own: 0 });
    await sent;
  }

  async release(owners: readonly [object, ...object[]]): Promise<void> {
    const index = this.#last(owners[0]);
    const [savepoint] = this.#open.splice(index, 1);
    if (savepoint !== undefined && index === this.#open.length) await this.run(control(`release savepoint ${savepoint.name}`), owners);
  }

  async rollback(owners: readonly [object, ...object[]]): Promise<void> {
    const [savepoint] = this.#open.splice(this.#last(owners[0]));
    if (savepoint === undefined) return;
    if (this.unit.statements - savepoint.openedAt !== savepoint.own) {
      this.unit.doom(new CommitRolledBackError(new Error('A rollback to a savepoint would have undone statements that ran beside it')));
      return;
    }
    await this.run(control(`rollback to savepoint ${savepoint.name}`), owners);
    await this.run(control(`release savepoint ${savepoint.name}`), owners);
  }

  #last(owner: object): number {
    return this.#open.findLastIndex((savepoint) => savepoint.owner === owner);
  }
}
