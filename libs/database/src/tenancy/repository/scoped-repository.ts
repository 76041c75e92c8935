import { BoundedCache } from '../bounded-cache.js';
import { prepareValues, statementName } from '../driver/one-sync.js';
import type { WireResult, WireStatement } from '../driver/wire.js';
import { afterPosition, decodeCursor, encodeCursor } from './cursor.js';
import { selectListOf, type EntityShape } from './entity-shape.js';
import { InvalidLimitError, RowNotFoundError, UnboundedWriteError } from './errors.js';
import { compileOrder, orderClause, withTieBreak } from './order.js';
import type { AllRows, FindOptions, InsertValues, Page, PageOptions, PropertyOf, UpdateValues, UpsertOptions, Where } from './types.js';
import { StatementValues } from './values.js';
import { compileWhere, whereClause } from './where.js';
import { compileInsert, compileSet, type OnConflict, type PositionalStatement } from './writes.js';

/** What a repository sends its statements through: several at once are atomic. */
export interface RepositoryDoor {
  readonly orgId: string;
  send(statements: readonly WireStatement[]): Promise<WireResult[]>;
}

const MOST_ROWS_OF_A_PAGE = 1_000;
const names = new BoundedCache<string, string>(2_000);

/**
 * The rows of one entity within one organization. Every statement names the organization; row security stands behind it.
 * A property that does not exist is refused by name, and so is an undefined condition.
 */
export class ScopedRepository<E extends object> {
  readonly #shape: EntityShape;
  readonly #door: RepositoryDoor;

  constructor(shape: EntityShape, door: RepositoryDoor) {
    this.#shape = shape;
    this.#door = door;
  }

  /** The rows that match, in the order asked for. @throws UnknownPropertyError, PropertyRefusedError, InvalidLimitError */
  find<K extends PropertyOf<E>>(options: FindOptions<E, K> & { readonly select: readonly K[] }): Promise<Pick<E, K>[]>;
  find(options?: FindOptions<E>): Promise<E[]>;
  async find(options: FindOptions<E> = {}): Promise<E[]> {
    const shape = this.#shape;
    const values = new StatementValues();
    const list = options.select === undefined ? shape.selectList : selectListOf(options.select.map((property) => shape.column(property)));
    const where = whereClause(compileWhere(shape, options.where, this.#door.orgId, values));
    const order = orderClause(compileOrder(shape, options.order));
    const limit = options.limit === undefined ? '' : ` limit ${wholeNumber(options.limit, Number.MAX_SAFE_INTEGER)}`;
    return this.#rows({ text: `select ${list} from ${shape.table}${where}${order}${limit}`, values: values.values, recurs: true });
  }

  /** The first row that matches, or null. */
  async findOne(where: Where<E>): Promise<E | null> {
    const [row] = await this.find({ where, limit: 1 });
    return row ?? null;
  }

  /** The row with this id, or null: also for an id of another organization. */
  async findById(id: string): Promise<E | null> {
    const { byIdText, scope } = this.#shape;
    const [row] = await this.#rows({ text: byIdText, values: scope === null ? [id] : [this.#door.orgId, id], recurs: true });
    return row ?? null;
  }

  /** The row with this id. @throws RowNotFoundError, the same for another organization's id as for one that never was */
  async get(id: string): Promise<E> {
    const row = await this.findById(id);
    if (row === null) throw new RowNotFoundError(this.#shape.entity, id);
    return row;
  }

  /** How many rows match. */
  async count(where?: Where<E>): Promise<number> {
    const values = new StatementValues();
    const conditions = compileWhere(this.#shape, where, this.#door.orgId, values);
    const [row] = await this.#run([
      { text: `select count(*) as count from ${this.#shape.table}${whereClause(conditions)}`, values: values.values, recurs: true },
    ]);
    return Number(row?.rows[0]?.['count'] ?? 0);
  }

  /** Whether any row matches. */
  async exists(where: Where<E>): Promise<boolean> {
    const values = new StatementValues();
    const conditions = compileWhere(this.#shape, where, this.#door.orgId, values);
    const text = `select exists (select 1 from ${this.#shape.table}${whereClause(conditions)}) as found`;
    const [row] = await this.#run([{ text, values: values.values, recurs: true }]);
    return row?.rows[0]?.['found'] === true;
  }

  /**
   * One page, by position and not by offset: rows inserted meanwhile neither repeat nor hide others. The order is made
   * unambiguous by the primary key.
   * @throws InvalidCursorError, InvalidLimitError
   */
  async paginate(options: PageOptions<E>): Promise<Page<E>> {
    const shape = this.#shape;
    const limit = wholeNumber(options.limit, MOST_ROWS_OF_A_PAGE);
    const order = withTieBreak(shape, compileOrder(shape, options.order));
    const values = new StatementValues();
    const conditions = compileWhere(shape, options.where, this.#door.orgId, values);
    const { cursor } = options;
    if (cursor !== undefined && cursor !== null) conditions.push(afterPosition(order, decodeCursor(shape, order, cursor), values));
    const keys = order.map(({ column }, index) => `${column.sql}::text as "${positionKey(index)}"`).join(', ');
    const text = `select ${shape.selectList}, ${keys} from ${shape.table}${whereClause(conditions)}${orderClause(order)} limit ${limit + 1}`;
    const [result] = await this.#run([{ text, values: values.values, recurs: true }]);
    const rows = result?.rows ?? [];
    const position = rows.length > limit ? order.map((_, index) => textOrNull(rows[limit - 1]?.[positionKey(index)])) : null;
    const items = rows.slice(0, limit).map((row) => {
      for (let index = 0; index < order.length; index++) delete row[positionKey(index)];
      return row;
    });
    return { items: this.#hydrate(items), nextCursor: position === null ? null : encodeCursor(shape, order, position) };
  }

  /** Inserts one row, or several at once (atomically), and returns them as they stand in the table. */
  insert(values: readonly InsertValues<E>[]): Promise<E[]>;
  insert(values: InsertValues<E>): Promise<E>;
  async insert(values: InsertValues<E> | readonly InsertValues<E>[]): Promise<E | E[]> {
    const rows: readonly object[] = Array.isArray(values) ? values : [values];
    const inserted = await this.#write(compileInsert(this.#shape, rows, this.#door.orgId, null));
    const [first] = inserted;
    return Array.isArray(values) || first === undefined ? inserted : first;
  }

  /** Inserts rows, or updates those whose key exists. Returns the rows inserted or updated. */
  async upsert(values: readonly InsertValues<E>[], options: UpsertOptions<E>): Promise<E[]> {
    const shape = this.#shape;
    const conflict: OnConflict = {
      columns: options.conflict.map((property) => shape.column(property)),
      update: options.update === undefined ? null : options.update.map((property) => shape.column(property)),
    };
    return this.#write(compileInsert(shape, values, this.#door.orgId, conflict));
  }

  /** Sets values on the rows that match and returns how many they were. @throws UnboundedWriteError without a condition */
  async update(where: Where<E> | AllRows, set: UpdateValues<E>): Promise<number> {
    const [result] = await this.#run([this.#updateStatement(where, set, '')]);
    return result?.rowCount ?? 0;
  }

  /** Sets values on the rows that match and returns these rows. @throws UnboundedWriteError without a condition */
  updateReturning(where: Where<E> | AllRows, set: UpdateValues<E>): Promise<E[]> {
    return this.#rows(this.#updateStatement(where, set, ` returning ${this.#shape.selectList}`));
  }

  /** Deletes the rows that match and returns how many they were. @throws UnboundedWriteError without a condition */
  async delete(where: Where<E> | AllRows): Promise<number> {
    const values = new StatementValues();
    const clause = this.#boundedWhere(where, values);
    const [result] = await this.#run([{ text: `delete from ${this.#shape.table}${clause}`, values: values.values, recurs: true }]);
    return result?.rowCount ?? 0;
  }

  #updateStatement(where: object, set: object, returning: string): PositionalStatement {
    const values = new StatementValues();
    const clause = this.#boundedWhere(where, values);
    const assignments = compileSet(this.#shape, set, values);
    return { text: `update ${this.#shape.table} set ${assignments}${clause}${returning}`, values: values.values, recurs: true };
  }

  #boundedWhere(where: object, values: StatementValues): string {
    const all = 'all' in where && where.all === true;
    if (!all && Object.keys(where).length === 0) throw new UnboundedWriteError(this.#shape.entity);
    return whereClause(compileWhere(this.#shape, all ? {} : where, this.#door.orgId, values));
  }

  async #write(statements: readonly PositionalStatement[]): Promise<E[]> {
    if (statements.length === 0) return [];
    const results = await this.#run(statements);
    return this.#hydrate(results.flatMap(({ rows }) => rows));
  }

  async #rows(statement: PositionalStatement): Promise<E[]> {
    const [result] = await this.#run([statement]);
    return this.#hydrate(result?.rows ?? []);
  }

  #run(statements: readonly PositionalStatement[]): Promise<WireResult[]> {
    return this.#door.send(statements.map(({ text, values, recurs }) => ({ text, name: recurs ? nameOf(text) : null, values: prepareValues(values) })));
  }

  #hydrate(rows: readonly Record<string, unknown>[]): E[] {
    return rows.map((row) => this.#shape.hydrate(row) as E);
  }
}

function nameOf(text: string): string {
  return names.get(text) ?? names.put(text, statementName(text));
}

function positionKey(index: number): string {
  return `position ${index}`;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function wholeNumber(limit: number, most: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new InvalidLimitError(limit, most);
  return limit;
}
