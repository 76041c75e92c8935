import { bindStatement } from './compiled-statement.js';
import type { WireResult, WireStatement } from './driver/wire.js';
import type { EntityCatalogue } from './repository/entity-catalogue.js';
import { ScopedRepository } from './repository/scoped-repository.js';
import type { EntityClass } from './repository/types.js';
import type { Row, Sql, SqlParameters } from './sql.js';

/**
 * A connection to the rows of one organization, handed to every function that reads or writes them. Either a
 * TenantConnection, where each statement is its own transaction, or a Tx.
 */
export abstract class Db implements Sql {
  readonly #catalogue: EntityCatalogue;

  protected constructor(catalogue: EntityCatalogue) {
    this.#catalogue = catalogue;
  }

  /** The organization whose rows this connection reaches. @throws NoTenantError */
  abstract get orgId(): string;

  /** Sends statements; several are one transaction. */
  protected abstract send(statements: readonly WireStatement[]): Promise<WireResult[]>;

  /** Runs one statement as the organization; `:orgId` is its id. @throws see Sql */
  async query<R extends object = Row>(text: string, parameters?: SqlParameters): Promise<R[]> {
    const [result] = await this.send([bindStatement(text, parameters, this.orgId)]);
    return (result?.rows ?? []) as R[];
  }

  /** Runs one statement as the organization and returns how many rows it affected. @throws see Sql */
  async execute(text: string, parameters?: SqlParameters): Promise<number> {
    const [result] = await this.send([bindStatement(text, parameters, this.orgId)]);
    return result?.rowCount ?? 0;
  }

  /** The rows of one entity, the organization added to every statement. @throws UnscopedEntityError for the system's own entities */
  repository<E extends object>(entity: EntityClass<E>): ScopedRepository<E> {
    const orgId = (): string => this.orgId;
    const send = (statements: readonly WireStatement[]): Promise<WireResult[]> => this.send(statements);
    return new ScopedRepository<E>(this.#catalogue.shapeOf(entity), {
      get orgId(): string {
        return orgId();
      },
      send,
    });
  }
}
