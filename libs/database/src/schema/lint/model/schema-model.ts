/** What the rules look at: the schema `app` (and what lies outside of it by mistake), as PostgreSQL's catalogue says. */
export interface SchemaModel {
  readonly tables: readonly TableModel[];
  readonly functions: readonly FunctionModel[];
  readonly views: readonly ViewModel[];
  readonly sequences: readonly SequenceModel[];
  readonly types: readonly TypeModel[];
  /** Grants on the schema itself. */
  readonly schemaGrants: readonly GrantModel[];
  /** Relations, functions and types in `public` that belong to no extension, with their kind: `table public.note`. */
  readonly outside: readonly string[];
}

export interface TableModel {
  readonly name: string;
  readonly owner: string;
  readonly rowSecurity: boolean;
  readonly forced: boolean;
  readonly columns: readonly ColumnModel[];
  readonly policies: readonly PolicyModel[];
  readonly indexes: readonly IndexModel[];
  readonly foreignKeys: readonly ForeignKeyModel[];
  readonly checks: readonly CheckModel[];
  readonly triggers: readonly TriggerModel[];
  readonly grants: readonly GrantModel[];
}

export interface ColumnModel {
  readonly name: string;
  /** As format_type prints it: `character varying(50)`. */
  readonly type: string;
  readonly isEnum: boolean;
  readonly required: boolean;
  readonly default: string | null;
  readonly identity: '' | 'a' | 'd';
  readonly generated: '' | 's' | 'v';
}

export interface PolicyModel {
  readonly name: string;
  readonly command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  readonly permissive: boolean;
  /** `public` for everybody. */
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

export interface IndexModel {
  readonly name: string;
  /** The key columns in order; null for an expression. */
  readonly columns: readonly (string | null)[];
  readonly unique: boolean;
  readonly primary: boolean;
  readonly valid: boolean;
}

/** As pg_constraint's one letter says it. */
export type ReferenceAction = 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT';

export interface ForeignKeyModel {
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly onDelete: ReferenceAction;
  readonly onUpdate: ReferenceAction;
}

export interface CheckModel {
  readonly name: string;
  readonly columns: readonly string[];
  readonly expression: string;
}

export interface TriggerModel {
  readonly name: string;
  readonly function: string;
  readonly before: boolean;
  readonly update: boolean;
  readonly row: boolean;
}

export interface GrantModel {
  /** `public` for everybody. */
  readonly role: string;
  readonly privilege: string;
  /** Null where the grant is on the whole object. */
  readonly column: string | null;
  readonly grantable: boolean;
}

export interface FunctionModel {
  /** `enter_tenant(uuid, text)` */
  readonly signature: string;
  readonly name: string;
  readonly owner: string;
  readonly language: string;
  readonly definer: boolean;
  readonly volatility: 'i' | 's' | 'v';
  /** `search_path=pg_catalog, pg_temp` */
  readonly settings: readonly string[];
  readonly publicMayExecute: boolean;
  readonly isTrigger: boolean;
  /** CREATE FUNCTION, as PostgreSQL prints it. Empty for aggregates. */
  readonly definition: string;
}

export interface ViewModel {
  readonly name: string;
  readonly owner: string;
  readonly materialized: boolean;
  readonly invoker: boolean;
  /** Tables of `app` that it reads. */
  readonly reads: readonly string[];
  readonly grants: readonly GrantModel[];
}

export interface SequenceModel {
  readonly name: string;
  readonly owner: string;
  readonly grants: readonly GrantModel[];
}

export interface TypeModel {
  readonly name: string;
  readonly isEnum: boolean;
}
