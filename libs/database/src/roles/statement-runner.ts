import type { ClientBase } from 'pg';
import { sqlStateOf } from '../errors.js';
import { RoleBootstrapDeniedError } from './errors.js';

const INSUFFICIENT_PRIVILEGE = '42501';

/** Runs the statements of a bootstrap one by one, and keeps the list of what was changed, without secrets. */
export class StatementRunner {
  readonly changes: string[] = [];

  constructor(
    readonly client: ClientBase,
    private readonly caller: string,
  ) {}

  /**
   * Runs one statement that changes something.
   * @param purpose completes "may not …" if PostgreSQL refuses it
   * @param shown what is kept and shown in its place, where the text holds a secret
   * @throws RoleBootstrapDeniedError where the caller may not
   */
  async change(statement: string, purpose: string, shown: string = statement): Promise<void> {
    await this.quietly(statement, purpose, shown);
    this.changes.push(shown);
  }

  /** Like `change`, for steps that leave nothing behind or that are repeated at every run. */
  async quietly(statement: string, purpose: string, shown: string = statement): Promise<void> {
    try {
      await this.client.query(statement);
    } catch (error) {
      if (sqlStateOf(error) === INSUFFICIENT_PRIVILEGE) throw new RoleBootstrapDeniedError(this.caller, shown, purpose, error);
      throw error;
    }
  }
}
