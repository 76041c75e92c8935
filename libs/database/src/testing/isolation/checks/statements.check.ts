import type { Finding } from '../findings.js';
import { describeOutcome, type IsolationCheck } from './check.js';
import { PlinthError } from '../../../errors.js';

/** Statements that PostgreSQL cannot refuse to a weak role; each also hidden behind comments. */
const STATEMENTS = [
  'set role app_admin',
  "SET app.current_org_id = 'x'",
  'reset role',
  'reset all',
  'discard all',
  'do $$ begin end $$',
  'begin',
  'start transaction',
  'commit',
  'end',
  'rollback',
  'abort',
  'savepoint a',
  'release a',
  '/* a /* b */ c */ set role app_admin',
  '-- x\nset role app_admin',
  ';set role app_admin',
  ' \t\n commit',
];
const REFUSED = 'STATEMENT_REFUSED';

/** SET, RESET, DISCARD, DO and transaction control as statements of their own: refused by the connection, before sending. */
export const statementsCheck: IsolationCheck = {
  name: 'statements',
  async run(world) {
    const database = await world.database.open();
    const tenant = database.tenant(world.own.orgId);
    const findings: Finding[] = [];
    for (const text of STATEMENTS) {
      for (const [where, run] of [
        ['alone', () => tenant.query(text)],
        ['in a transaction', () => tenant.transaction((tx) => tx.query(text))],
      ] as const) {
        const actual = await run().then(
          () => 'sent',
          (error: unknown) => (error instanceof PlinthError ? error.code : describeError(error)),
        );
        findings.push({
          check: 'statements',
          object: 'connection',
          attack: `${JSON.stringify(text)} ${where}`,
          verdict: actual === REFUSED ? 'held' : 'broken',
          expected: REFUSED,
          actual,
        });
      }
    }
    return findings;
  },
};

function describeError(error: unknown): string {
  return error instanceof Error ? describeOutcome({ kind: 'refused', sqlState: error.name, message: error.message }) : String(error);
}
