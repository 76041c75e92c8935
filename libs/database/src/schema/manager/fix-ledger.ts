import type { Client, ClientConfig } from 'pg';
import { sqlStateOf } from '../../errors.js';
import { recordInLedger, whoAmI } from '../../migrations/ledger.js';
import type { RunResult } from '../apply/step-failure.js';
import type { AcceptedReceipt } from '../backup/receipt/require-receipt.js';
import type { SchemaFinding } from '../compare/finding.js';
import { LedgerClosedError } from '../errors.js';
import { withClient } from '../expected/scratch-database.js';
import type { RepairPlan } from '../plan/repair-step.js';

const STARTED = 'started';
const BROKEN_OFF = 'broken off: its process or its session ended before it could say what it did';
/** undefined_table, undefined_column, insufficient_privilege (also by row security), check_violation, invalid_schema_name */
const CLOSED = new Set(['42P01', '42703', '42501', '23514', '3F000']);

/** What a repair tells of itself when it is over. */
export interface FixOutcome {
  readonly left: readonly SchemaFinding[];
  readonly receipts: readonly AcceptedReceipt[];
}

/** Says of repairs that began and never ended that they were broken off. Only for who holds the migrations' lock: nobody else repairs then. */
export async function noteBrokenRuns(owner: Client): Promise<void> {
  try {
    await owner.query(`update app.schema_ledger set outcome = $1 where kind = 'FIX' and outcome = $2`, [BROKEN_OFF, STARTED]);
  } catch (error) {
    if (!isClosed(error)) throw error;
  }
}

/** The row of one repair: written before its first statement, so that a repair whose process is killed has one too. */
export class LedgerEntry {
  private constructor(
    private readonly version: string,
    private readonly id: string | undefined,
  ) {}

  /** @throws LedgerClosedError where the ledger cannot be written, and the plan does not repair it */
  static async start(owner: Client, plan: RepairPlan, version: string): Promise<LedgerEntry> {
    const details = { planned: plan.steps.map(({ sql }) => sql) };
    try {
      return new LedgerEntry(version, await recordInLedger(owner, { kind: 'FIX', who: whoAmI(), version, sql: '', outcome: STARTED, details }));
    } catch (error) {
      if (!isClosed(error)) throw error;
      if (!plan.steps.some(({ about }) => about.some(isOfLedger))) throw new LedgerClosedError('Nothing was changed.', plan.manual.filter(isOfLedger), error);
      return new LedgerEntry(version, undefined);
    }
  }

  /** Enters how it ended and answers the row's id. On a session of its own, since the one of the repair may be lost. */
  async complete(connection: ClientConfig, { done, failed }: RunResult, { left, receipts }: FixOutcome): Promise<string> {
    return this.#write(connection, done, `steps done: ${done.length}, refused: ${failed.length}, findings left: ${left.length}`, {
      refused: failed.map(({ step, reason }) => ({ sql: step.sql, reason })),
      left: left.map(({ key }) => key),
      receipts: receipts.map(receiptText),
    });
  }

  /** As `complete`, where nobody could look afterwards; says nothing where the ledger cannot be reached either. */
  async completeUnseen(connection: ClientConfig, { done, failed }: RunResult, cause: unknown): Promise<void> {
    const outcome = `steps done: ${done.length}, refused: ${failed.length}; nobody could look what is left`;
    const refused = failed.map(({ step, reason }) => ({ sql: step.sql, reason }));
    // The error that made it so is the one to tell.
    await this.#write(connection, done, outcome, { refused, cause: cause instanceof Error ? cause.message : String(cause) }).catch(() => undefined);
  }

  async #write(connection: ClientConfig, done: RunResult['done'], outcome: string, details: Readonly<Record<string, unknown>>): Promise<string> {
    const sql = done.map((step) => step.sql).join(';\n');
    try {
      return await withClient(connection, async (client) => {
        if (this.id !== undefined && (await this.#update(client, sql, outcome, details))) return this.id;
        return recordInLedger(client, { kind: 'FIX', who: whoAmI(), version: this.version, sql, outcome, details });
      });
    } catch (error) {
      if (!isClosed(error)) throw error;
      throw new LedgerClosedError(`${done.length} steps were done.`, [], error);
    }
  }

  /** False where the row is not there: the repair took it away with its table, or its policies hide it. */
  async #update(client: Client, sql: string, outcome: string, details: Readonly<Record<string, unknown>>): Promise<boolean> {
    const { rowCount } = await client.query(`update app.schema_ledger set sql = $2, outcome = $3, details = $4 where id = $1`, [
      this.id,
      sql,
      outcome,
      JSON.stringify(details),
    ]);
    return rowCount === 1;
  }
}

function isClosed(error: unknown): boolean {
  return CLOSED.has(sqlStateOf(error) ?? '');
}

/** Whether a key is of the ledger or of something that belongs to it. */
function isOfLedger(key: string): boolean {
  return /[.:]schema_ledger\b/.test(key);
}

function receiptText(accepted: AcceptedReceipt): string {
  return accepted.kind === 'archive' ? `archive ${accepted.receipt.id}` : `attested ${accepted.backupId}`;
}
