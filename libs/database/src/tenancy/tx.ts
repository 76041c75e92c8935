import { bindStatement } from './compiled-statement.js';
import { Db } from './db.js';
import type { WireResult, WireStatement } from './driver/wire.js';
import type { EntityCatalogue } from './repository/entity-catalogue.js';
import type { Row, SqlParameters } from './sql.js';
import type { UnitOfWork } from './unit-of-work.js';

/**
 * The connection of a running transaction. Only `transaction()` makes one, so a function that takes a Tx is atomic
 * with whatever its caller does on the same one. Statements called at the same time are sent one after the other.
 */
export class Tx extends Db {
  readonly #unit: UnitOfWork;
  readonly #orgId: string;

  constructor(catalogue: EntityCatalogue, unit: UnitOfWork, orgId: string) {
    super(catalogue);
    this.#unit = unit;
    this.#orgId = orgId;
  }

  override get orgId(): string {
    return this.#orgId;
  }

  /**
   * Runs the last statement of the transaction and commits in the same round trip. Nothing may follow it, and an error
   * thrown afterwards no longer rolls back.
   * @throws TransactionEndedError, CommitUnknownError, and what PostgreSQL answers
   */
  async last<R extends object = Row>(text: string, parameters?: SqlParameters): Promise<R[]> {
    const result = await this.#unit.last(bindStatement(text, parameters, this.#orgId));
    return result.rows as R[];
  }

  protected override send(statements: readonly WireStatement[]): Promise<WireResult[]> {
    return Promise.all(statements.map((statement) => this.#unit.run(statement)));
  }
}
