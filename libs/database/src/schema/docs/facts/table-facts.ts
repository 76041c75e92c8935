import type { TenancyClass } from '../../../entities/declare/tenancy.js';

export interface ColumnFacts {
  readonly name: string;
  /** As PostgreSQL prints it, with the short names of the types in use: `varchar(255)`, `timestamptz`. */
  readonly type: string;
  readonly required: boolean;
  /** As PostgreSQL prints it, without the cast of a constant; null without one. */
  readonly default: string | null;
  /** Filled by a sequence of its own. */
  readonly identity: boolean;
  readonly comment: string;
}

export interface KeyFacts {
  readonly name: string;
  readonly kind: 'primary key' | 'unique' | 'check' | 'exclude';
  readonly columns: readonly string[];
  readonly definition: string;
}

export interface ReferenceFacts {
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly onDelete: 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT';
}

/** An index that no key brings with it. */
export interface IndexFacts {
  readonly name: string;
  readonly unique: boolean;
  /** What follows the table's name: method unless btree, columns, INCLUDE, WHERE. */
  readonly definition: string;
}

export interface PolicyRow {
  readonly name: string;
  readonly command: string;
  readonly roles: readonly string[];
  readonly permissive: boolean;
  /** Which rows are there for the role. */
  readonly using: string | null;
  /** Which rows it may leave behind. */
  readonly check: string | null;
}

export interface GrantFacts {
  readonly role: string;
  /** In lower case: select, insert, update, delete … */
  readonly command: string;
  /** The columns it is limited to; null: the whole table. */
  readonly columns: readonly string[] | null;
}

export interface TriggerFacts {
  readonly name: string;
  /** `before update`, `after insert or update for each statement` … */
  readonly when: string;
  readonly call: string;
}

/** What PostgreSQL says of a table. */
export interface CatalogueTable {
  readonly name: string;
  readonly comment: string;
  readonly rowSecurity: 'forced' | 'enabled' | 'off';
  readonly columns: readonly ColumnFacts[];
  readonly keys: readonly KeyFacts[];
  readonly references: readonly ReferenceFacts[];
  readonly indexes: readonly IndexFacts[];
  readonly policies: readonly PolicyRow[];
  readonly grants: readonly GrantFacts[];
  readonly triggers: readonly TriggerFacts[];
}

/** And with what only its entity knows. */
export interface TableFacts extends CatalogueTable {
  /** Name of the entity's class. */
  readonly entity: string;
  /** Path of its source from the root of the checkout. */
  readonly source: string;
  readonly tenancyClass: TenancyClass;
}

export interface FunctionFacts {
  /** Name and arguments, without the schema. */
  readonly signature: string;
  readonly returns: string;
  readonly language: string;
  readonly volatility: string;
  /** Runs with the rights of its owner rather than those of its caller. */
  readonly definer: boolean;
  /** Besides its owner. */
  readonly executedBy: readonly string[];
}

export interface AreaFacts {
  readonly folder: string;
  readonly title: string;
  readonly about: string;
  readonly tables: readonly TableFacts[];
}
