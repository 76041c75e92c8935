import { escapeIdentifier, type ClientBase } from 'pg';
import { MIGRATION_TABLE, SCHEMA } from '../../migrations/journal.js';
import { qualified } from './table-shape.js';

/** Where a sequence stands. */
export interface SequenceState {
  readonly name: string;
  /** A bigint, as text. */
  readonly lastValue: string;
  /** Whether `lastValue` has been given out; if not, it is the next one. */
  readonly isCalled: boolean;
}

/** All of the schema but the journal's own. Identity columns have theirs among them. */
const SEQUENCES = `
select c.relname as name from pg_class c
where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind = 'S' and not exists (
  select from pg_depend d join pg_class t on t.oid = d.refobjid
  where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') and t.relname = $2)
order by c.relname collate "C"`;

/** Names of the sequences of the schema `app`, without the journal's. */
export async function readSequenceNames(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(SEQUENCES, [SCHEMA, MIGRATION_TABLE]);
  return rows.map(({ name }) => name);
}

/**
 * Where each sequence stands now. Sequences belong to no snapshot: read after the rows, none stands before a number that the rows hold.
 */
export async function readSequences(client: ClientBase): Promise<SequenceState[]> {
  const states: SequenceState[] = [];
  for (const name of await readSequenceNames(client)) {
    const { rows } = await client.query<Omit<SequenceState, 'name'>>(`select last_value::text as "lastValue", is_called as "isCalled" from ${qualified(name)}`);
    states.push(...rows.map((row) => ({ name, ...row })));
  }
  return states;
}

/**
 * Puts each sequence where it was, so that a rollback takes it back: setval alone would stay. RESTART gives the sequence a new file in
 * this transaction, and setval then writes into that.
 */
export async function setSequences(client: ClientBase, states: readonly SequenceState[]): Promise<void> {
  for (const { name, lastValue, isCalled } of states) {
    await client.query(`alter sequence ${qualified(name)} restart with ${BigInt(lastValue)}`);
    await client.query('select setval($1::regclass, $2, $3)', [`${SCHEMA}.${escapeIdentifier(name)}`, lastValue, isCalled]);
  }
}
