import { escapeIdentifier, escapeLiteral, type ClientBase } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { qualified } from '../table-shape.js';
import { RestoreFailedError } from './errors.js';

/*
 * FORCE row security refuses the owner's COPY, triggers would write their own values, and foreign keys that form circles (user and
 * organization, run.parent_run_id) let no order of tables pass. So all three are taken off, inside the transaction and under locks that
 * let nobody see it, and put back from what the catalogue said: PostgreSQL renders the statements itself.
 */

interface ForeignKey {
  readonly table: string;
  readonly relation: string;
  readonly name: string;
  readonly definition: string;
  readonly comment: string | null;
}

interface UserTrigger {
  readonly table: string;
  readonly name: string;
  readonly state: 'O' | 'R' | 'A' | 'D';
}

/** What was taken off, and how to put it back. */
export interface OpenedTables {
  /** @throws RestoreFailedError where the rows do not satisfy a foreign key */
  close(): Promise<void>;
}

/** In the order in which they were made, which is the order in which PostgreSQL checks them. A partition's follow its parent's. */
const FOREIGN_KEYS = `
select c.relname as table, format('%I.%I', n.nspname, c.relname) as relation, k.conname as name, pg_get_constraintdef(k.oid) as definition,
  obj_description(k.oid, 'pg_constraint') as comment
from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
where k.contype = 'f' and k.conparentid = 0 and (k.conrelid = any ($1::regclass[]) or k.confrelid = any ($1::regclass[])) order by k.oid`;

const TRIGGERS = `
select c.relname as table, t.tgname as name, t.tgenabled as state from pg_trigger t join pg_class c on c.oid = t.tgrelid
where not t.tgisinternal and t.tgrelid = any ($1::regclass[]) order by t.oid`;

const FORCED = `select c.relname as name from pg_class c where c.relforcerowsecurity and c.oid = any ($1::regclass[]) order by 1`;

const ENABLE: Readonly<Record<UserTrigger['state'], string | undefined>> = {
  O: 'enable trigger',
  R: 'enable replica trigger',
  A: 'enable always trigger',
  D: undefined,
};

/**
 * Takes row security's force, user triggers and foreign keys off these tables.
 * @param client inside a transaction that holds ACCESS EXCLUSIVE locks on all of them, as their owner
 */
export async function openTables(client: ClientBase, tables: readonly string[]): Promise<OpenedTables> {
  const relations = tables.map((table) => `${SCHEMA}.${escapeIdentifier(table)}`);
  const { rows: keys } = await client.query<ForeignKey>(FOREIGN_KEYS, [relations]);
  const { rows: triggers } = await client.query<UserTrigger>(TRIGGERS, [relations]);
  const { rows: forced } = await client.query<{ name: string }>(FORCED, [relations]);

  for (const { relation, name } of keys) await client.query(`alter table ${relation} drop constraint ${escapeIdentifier(name)}`);
  for (const table of new Set(triggers.map((trigger) => trigger.table))) await client.query(`alter table ${qualified(table)} disable trigger user`);
  for (const { name } of forced) await client.query(`alter table ${qualified(name)} no force row level security`);
  return {
    close: async () => {
      for (const key of keys) await addForeignKey(client, key);
      for (const trigger of triggers) await enable(client, trigger);
      for (const { name } of forced) await client.query(`alter table ${qualified(name)} force row level security`);
    },
  };
}

/** Validated like any new key, unless it was declared NOT VALID: the definition says so itself. */
async function addForeignKey(client: ClientBase, { table, relation, name, definition, comment }: ForeignKey): Promise<void> {
  const constraint = escapeIdentifier(name);
  try {
    await client.query(`alter table ${relation} add constraint ${constraint} ${definition}`);
    if (comment !== null) await client.query(`comment on constraint ${constraint} on ${relation} is ${escapeLiteral(comment)}`);
  } catch (error) {
    throw new RestoreFailedError(table, `making its key "${name}" again`, error);
  }
}

async function enable(client: ClientBase, { table, name, state }: UserTrigger): Promise<void> {
  const how = ENABLE[state];
  if (how !== undefined) await client.query(`alter table ${qualified(table)} ${how} ${escapeIdentifier(name)}`);
}
