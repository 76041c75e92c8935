import type { ClientConfig } from 'pg';
import { isSocket } from '../../config/connection-url.js';

/** `wrong`: looked, and it must change. `warning`: it works, and somebody should know. `could-not-look` says nothing about what is there. */
export type DiagnosisOutcome = 'ok' | 'wrong' | 'warning' | 'could-not-look';

/** What to do, exactly. */
export type Mend =
  | { readonly how: 'sql'; readonly sql: string; readonly as: 'administrator' | 'app_owner'; readonly database: string }
  | { readonly how: 'command'; readonly command: string }
  | { readonly how: 'setting'; readonly text: string };

/** One thing that a check has to say. Never holds a secret. */
export interface Diagnosis {
  /** What it is about: a variable, a role, `server`. */
  readonly subject: string;
  readonly outcome: DiagnosisOutcome;
  /** In a sentence or two. */
  readonly says: string;
  /** Absent where nothing is to be done, or where what it says names it. */
  readonly mend?: Mend;
}

export const ok = (subject: string, says: string): Diagnosis => ({ subject, outcome: 'ok', says });

export const wrong = (subject: string, says: string, mend?: Mend): Diagnosis => ({ subject, outcome: 'wrong', says, ...(mend === undefined ? {} : { mend }) });

export const warning = (subject: string, says: string, mend?: Mend): Diagnosis => ({
  subject,
  outcome: 'warning',
  says,
  ...(mend === undefined ? {} : { mend }),
});

export const couldNotLook = (subject: string, says: string, mend?: Mend): Diagnosis => ({
  subject,
  outcome: 'could-not-look',
  says,
  ...(mend === undefined ? {} : { mend }),
});

export const command = (text: string): Mend => ({ how: 'command', command: text });

export const setting = (text: string): Mend => ({ how: 'setting', text });

/** A statement of an administrator's, in the database that it is about. */
export const sql = (database: string, text: string, as: 'administrator' | 'app_owner' = 'administrator'): Mend => ({ how: 'sql', sql: text, as, database });

/** What makes roles, memberships and their rights as the role table has them, on the server and in the database of a connection. */
export function makeRoles({ host = '', port = 5432, database = '' }: ClientConfig, more = ''): Mend {
  const url = isSocket({ host }) ? `postgres://<administrator>@/postgres?host=${host}` : `postgres://<administrator>@${host}:${port}/postgres`;
  return command(`npm run db:roles -- --admin-url '${url}' --database ${database}${more}`);
}
