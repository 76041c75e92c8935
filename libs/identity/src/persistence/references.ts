import type { Sql } from '#database';

/** A foreign key as the catalogue has it. Names of tables and columns are quoted where they need it. */
export interface Reference {
  /** With its schema. */
  readonly child: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
  readonly onDelete: 'CASCADE' | 'SET NULL' | 'NO ACTION' | 'OTHER';
  /** Those of `columns` that may be null. */
  readonly nullableColumns: readonly string[];
  /** The columns of the child's primary key. */
  readonly childKey: readonly string[];
  /** Whether whoever asks may read the child. */
  readonly isReadable: boolean;
}

const NAMES_OF = (relation: string, numbers: string): string =>
  `array(select quote_ident(a.attname) from unnest(${numbers}) with ordinality n (number, place)
     join pg_attribute a on a.attrelid = ${relation} and a.attnum = n.number order by n.place)`;

const TABLE_OF = (relation: string): string =>
  `(select format('%I.%I', n.nspname, t.relname) from pg_class t join pg_namespace n on n.oid = t.relnamespace where t.oid = ${relation})`;

/** Every foreign key between the tables of the schema `app`; those of partitions are their table's. */
export async function findReferences(sql: Sql): Promise<Reference[]> {
  return sql.query<Reference>(
    `select ${TABLE_OF('c.conrelid')} as child, ${NAMES_OF('c.conrelid', 'c.conkey')} as columns,
            ${TABLE_OF('c.confrelid')} as parent, ${NAMES_OF('c.confrelid', 'c.confkey')} as "parentColumns",
            case c.confdeltype when 'c' then 'CASCADE' when 'n' then 'SET NULL' when 'a' then 'NO ACTION' when 'r' then 'NO ACTION' else 'OTHER' end as "onDelete",
            array(select quote_ident(a.attname) from pg_attribute a
                   where a.attrelid = c.conrelid and a.attnum = any(c.conkey) and not a.attnotnull) as "nullableColumns",
            coalesce((select ${NAMES_OF('k.conrelid', 'k.conkey')} from pg_constraint k where k.conrelid = c.conrelid and k.contype = 'p'), '{}') as "childKey",
            has_table_privilege(c.conrelid, 'select') as "isReadable"
       from pg_constraint c
      where c.contype = 'f' and c.conparentid = 0 and c.connamespace = 'app'::regnamespace
      order by 1, 3, c.conname`,
  );
}
