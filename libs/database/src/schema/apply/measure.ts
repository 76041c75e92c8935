import type { Client } from 'pg';
import { LOCK_MODES, type LockMode } from '../catalogue/own/own-fact-kind.js';
import type { RepairStep } from '../plan/repair-step.js';

/** What a statement really did on the clone. */
export interface Measured {
  readonly lock: LockMode;
  readonly rewrite: boolean;
}

const MODES = new Map<string, LockMode>(LOCK_MODES.map((mode) => [`${mode.toLowerCase().replaceAll(' ', '')}lock`, mode]));

const FILES = `select c.oid::text as table, c.relfilenode::text as file from pg_catalog.pg_class c
  where c.relnamespace = to_regnamespace('app') and c.relkind in ('r', 'p')`;
const LOCKS = `select l.relation::text as table, l.mode from pg_catalog.pg_locks l where l.pid = pg_backend_pid() and l.relation is not null and l.granted`;

/**
 * Watches the statements of a rehearsal from inside their transactions: which locks PostgreSQL took on tables that were there before, and
 * whether it wrote a table's file anew. The manual's word stands where nothing can be watched, outside transactions.
 */
export class StatementMeter {
  readonly measured = new Map<number, Measured>();
  #files = new Map<string, string>();
  #locks = new Set<string>();

  readonly before = async (step: RepairStep, client: Client): Promise<void> => {
    if (step.transaction === null) return;
    this.#files = await filesOf(client);
    const held = (await locksOf(client)).filter(({ table }) => this.#files.has(table));
    this.#locks = new Set(held.map(({ table, mode }) => `${table} ${mode}`));
  };

  readonly after = async (step: RepairStep, client: Client): Promise<void> => {
    if (step.transaction === null) return;
    const [files, locks] = [await filesOf(client), await locksOf(client)];
    const taken = locks.filter(({ table, mode }) => this.#files.has(table) && !this.#locks.has(`${table} ${mode}`)).map(({ mode }) => modeOf(mode));
    // A lock that an earlier statement of the transaction took already is not seen again: the manual's word then counts too.
    const lock = strongest(this.#locks.size === 0 ? taken : [step.lock, ...taken]);
    this.measured.set(step.number, { lock, rewrite: [...files].some(([table, file]) => this.#files.has(table) && this.#files.get(table) !== file) });
  };
}

async function filesOf(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ table: string; file: string }>(FILES);
  return new Map(rows.map(({ table, file }) => [table, file]));
}

async function locksOf(client: Client): Promise<{ table: string; mode: string }[]> {
  const { rows } = await client.query<{ table: string; mode: string }>(LOCKS);
  return rows;
}

function modeOf(name: string): LockMode {
  return MODES.get(name.toLowerCase()) ?? 'ACCESS EXCLUSIVE';
}

function strongest(modes: readonly LockMode[]): LockMode {
  return modes.reduce((left, right) => (LOCK_MODES.indexOf(right) > LOCK_MODES.indexOf(left) ? right : left), 'NONE');
}
