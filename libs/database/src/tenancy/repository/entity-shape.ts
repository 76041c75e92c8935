import type { EntityMetadata } from 'typeorm';
import { quoteName } from '../../entities/declare/names.js';
import type { TenancyDeclaration } from '../../entities/declare/tenancy.js';
import { PropertyRefusedError, UnknownPropertyError } from './errors.js';

/** TypeORM's own description of a column. */
export type ColumnMetadata = EntityMetadata['columns'][number];

/** One column as statements need it. */
export interface ColumnShape {
  readonly property: string;
  /** The quoted column name. */
  readonly sql: string;
  readonly name: string;
  /** PostgreSQL's name of the type; of the element for an array. */
  readonly type: string;
  readonly isArray: boolean;
  readonly isJson: boolean;
  readonly isNullable: boolean;
  readonly isPrimary: boolean;
  /** False (`select: false`): read only where a query names it. */
  readonly isSelected: boolean;
  /** Filled by newId() when an insert leaves it out. */
  readonly isMadeHere: boolean;
  /** Whether an update may set it. */
  readonly isUpdatable: boolean;
}

/** What the scoped repository knows of an entity, read once from TypeORM's metadata and the entity's own declaration. */
export class EntityShape {
  readonly entity: string;
  /** The quoted table name with its schema. */
  readonly table: string;
  readonly columns: readonly ColumnShape[];
  readonly primary: readonly ColumnShape[];
  /** The column that holds the organization; null for global tables, where the policies alone decide. */
  readonly scope: ColumnShape | null;
  /** Whether an insert may name the organization (its column default fills it otherwise). */
  readonly insertsScope: boolean;
  /** The columns that a tenant may read, but those of `select: false`, as a select list that names each by its property. */
  readonly selectList: string;
  readonly create: () => object;
  readonly #byProperty: ReadonlyMap<string, ColumnShape>;
  #byId: string | undefined;

  constructor(metadata: EntityMetadata, declaration: TenancyDeclaration, typeOf: (column: ColumnMetadata) => string) {
    this.entity = metadata.name;
    this.table = metadata.tablePath.split('.').map(quoteName).join('.');
    this.columns = metadata.columns.map((column) => columnShape(column, typeOf(column)));
    this.#byProperty = new Map(this.columns.map((column) => [column.property, column]));
    this.primary = this.columns.filter((column) => column.isPrimary);
    this.scope = declaration.tenancyClass === 'G' ? null : (this.#byProperty.get('orgId') ?? this.#byProperty.get('id') ?? null);
    const { insert, select } = declaration.grants.app_tenant;
    this.insertsScope = insert === true || (insert ?? []).includes('org_id');
    const readable = Array.isArray(select) ? this.columns.filter(({ name }) => select.includes(name)) : this.columns;
    this.selectList = selectListOf(readable.filter(({ isSelected }) => isSelected));
    const { target } = metadata;
    this.create = typeof target === 'function' ? (): object => Reflect.construct(target, []) as object : (): object => ({});
  }

  /** The column behind a property. @throws UnknownPropertyError */
  column(property: string): ColumnShape {
    const column = this.#byProperty.get(property);
    if (column === undefined) throw new UnknownPropertyError(this.entity, property);
    return column;
  }

  /** The column that identifies a row by itself. @throws PropertyRefusedError where the key is made of several */
  get id(): ColumnShape {
    const id = this.#byProperty.get('id');
    if (id === undefined) throw new PropertyRefusedError(this.entity, 'id', 'rows of this entity are identified by several columns; use findOne.');
    return id;
  }

  /** The statement that reads one row by its id: of the organization ($1) and the id ($2), or of the id ($1) alone for global tables. */
  get byIdText(): string {
    this.#byId ??= `select ${this.selectList} from ${this.table} where ${this.scope === null ? '' : `${this.scope.sql} = $1 and `}${this.id.sql} = $${this.scope === null ? 1 : 2}`;
    return this.#byId;
  }

  /** An instance of the entity's class that holds `row`. */
  hydrate(row: Record<string, unknown>): object {
    return Object.assign(this.create(), row);
  }
}

/** A select list that names every column by its property. */
export function selectListOf(columns: readonly ColumnShape[]): string {
  return columns.map(({ sql, property }) => `${sql} as ${quoteName(property)}`).join(', ');
}

function columnShape(column: ColumnMetadata, type: string): ColumnShape {
  const isUuid = type === 'uuid';
  const isKey = column.propertyName === 'id' && column.isPrimary;
  return {
    property: column.propertyName,
    sql: quoteName(column.databaseName),
    name: column.databaseName,
    type,
    isArray: column.isArray,
    isJson: type === 'jsonb' || type === 'json',
    isNullable: column.isNullable,
    isPrimary: column.isPrimary,
    isSelected: column.isSelect,
    isMadeHere: isUuid && !column.isGenerated && column.default === undefined && (isKey || column.propertyName === 'uid'),
    isUpdatable: column.isUpdate && !column.isPrimary && column.propertyName !== 'orgId',
  };
}
