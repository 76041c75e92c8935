import { PlinthError } from '../../errors.js';

/** A data step touches a table whose rows the migrating role does not see: it would change too few without a word. */
export class HiddenRowsError extends PlinthError {
  readonly code = 'HIDDEN_ROWS';
  readonly family = 'bug';

  constructor(table: string, role: string, why: 'missing' | 'hidden' | 'unnamed') {
    const text = {
      missing: `The data step names the table "${table}", which is not there. Write it with its schema: app.agent.`,
      hidden:
        `Row security hides rows of "${table}" from "${role}", so the data step would change too few without a word. Nothing was changed. ` +
        `Give the role its policy first: create policy owner_all on ${table} for all to ${role} using (true) with check (true).`,
      unnamed: "The data step names no table. List every table that it reads or writes: tables: ['app.agent'].",
    }[why];
    super(text, { fields: { table, role } });
  }
}

/** A data step changed nothing, and did not say that it may. */
export class NoRowsChangedError extends PlinthError {
  readonly code = 'NO_ROWS_CHANGED';
  readonly family = 'bug';

  constructor(what: string) {
    super(
      `The data step "${what}" changed no row. Nothing was changed. Look whether its condition is right; if it may find none, say why: mayChangeNone: '…'.`,
      {
        fields: { what },
      },
    );
  }
}
