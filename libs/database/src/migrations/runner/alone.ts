import { UnnamedIndexError } from '../errors.js';
import type { Session } from './session.js';

/** A statement that PostgreSQL refuses inside a transaction, and how to tell afterwards whether it was done. */
export interface AloneStatement {
  readonly kind: string;
  /**
   * Clears what a run left that was cut off, and says whether the statement is done already.
   * @param resumed whether this very statement may have been executed before: only then is a finished index its work
   */
  mend(session: Session, resumed: boolean, say: (text: string) => void): Promise<'done' | 'open'>;
}

const NAME = String.raw`((?:"(?:[^"]|"")+"|[\w$]+)(?:\.(?:"(?:[^"]|"")+"|[\w$]+))?)`;
const CREATE_INDEX = new RegExp(String.raw`^create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?${NAME}\s+on\s+(?:only\s+)?${NAME}`, 'i');
const DROP_INDEX = new RegExp(String.raw`^drop\s+index\s+concurrently\s+(?:if\s+exists\s+)?${NAME}`, 'i');
const REINDEX = new RegExp(String.raw`^reindex\s*(?:\([^)]*\))?\s*(?:index|table)\s+concurrently\s+${NAME}`, 'i');
const DETACH = new RegExp(String.raw`^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}\s+detach\s+partition\s+${NAME}\s+concurrently`, 'i');
const UNNAMED_INDEX = /^create\s+(?:unique\s+)?index\s+concurrently\b/i;
const OTHER = /^(?:vacuum\b|reindex\b.*\bconcurrently\b)/is;
const COMMENTS = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;

/**
 * Whether the text is such a statement; undefined for everything that a transaction can hold.
 * @throws UnnamedIndexError: what PostgreSQL names cannot be found again after a kill
 */
export function standsAlone(text: string): AloneStatement | undefined {
  const statement = text.replace(COMMENTS, '');
  const [, index, table] = CREATE_INDEX.exec(statement) ?? [];
  if (index !== undefined && table !== undefined) return createIndex(index, table);
  if (UNNAMED_INDEX.test(statement)) throw new UnnamedIndexError(statement);
  const [, dropped] = DROP_INDEX.exec(statement) ?? [];
  if (dropped !== undefined) return dropIndex(dropped);
  const [, reindexed] = REINDEX.exec(statement) ?? [];
  if (reindexed !== undefined) return reindex(reindexed);
  const [, parent, partition] = DETACH.exec(statement) ?? [];
  if (parent !== undefined && partition !== undefined) return detach(parent, partition);
  return OTHER.test(statement) ? { kind: 'other', mend: () => Promise.resolve('open') } : undefined;
}

/** An index that a killed build left is INVALID: it serves no query and costs every write. It is dropped and built anew. */
function createIndex(index: string, table: string): AloneStatement {
  return {
    kind: 'create index',
    async mend(session, resumed, say) {
      const [found] = await session.rows<{ valid: boolean; name: string }>(
        `select i.indisvalid and i.indisready as valid, c.oid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indexrelid
           where i.indrelid = to_regclass($1) and c.relname = (parse_ident($2))[1]`,
        [table, index],
      );
      if (found === undefined) return 'open';
      if (found.valid) return resumed ? 'done' : 'open';
      say(`The index ${found.name} is INVALID, left by a build that was cut off; dropping it and building it anew`);
      await session.rows(`drop index concurrently if exists ${found.name}`);
      return 'open';
    },
  };
}

function dropIndex(index: string): AloneStatement {
  return {
    kind: 'drop index',
    async mend(session, resumed) {
      const [found] = await session.rows<{ there: boolean }>('select to_regclass($1) is not null as there', [index]);
      return resumed && found?.there === false ? 'done' : 'open';
    },
  };
}

/** What a rebuild that was cut off leaves is an INVALID twin, `…_ccnew` or `…_ccold`. */
function reindex(target: string): AloneStatement {
  return {
    kind: 'reindex',
    async mend(session, _resumed, say) {
      const twins = await session.rows<{ name: string }>(
        String.raw`select c.oid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indexrelid
           where not i.indisvalid and c.relname ~ '_cc(new|old)\d*$'
             and i.indrelid = coalesce((select indrelid from pg_index where indexrelid = to_regclass($1)), to_regclass($1))`,
        [target],
      );
      for (const { name } of twins) {
        say(`The index ${name} is INVALID, left by a rebuild that was cut off; dropping it`);
        await session.rows(`drop index concurrently if exists ${name}`);
      }
      return 'open';
    },
  };
}

function detach(parent: string, partition: string): AloneStatement {
  return {
    kind: 'detach partition',
    async mend(session, resumed, say) {
      const [found] = await session.rows<{ pending: boolean }>(
        'select inhdetachpending as pending from pg_inherits where inhparent = to_regclass($1) and inhrelid = to_regclass($2)',
        [parent, partition],
      );
      if (found === undefined) return resumed ? 'done' : 'open';
      if (!found.pending) return 'open';
      say(`Detaching ${partition} was cut off; finishing it`);
      await session.rows(`alter table ${parent} detach partition ${partition} finalize`);
      return 'done';
    },
  };
}
