import type { Diagnosis } from './diagnosis.js';
import type { Login, LoginUse } from './logins/login.js';
import type { DoctorSetting } from './settings/setting.js';

/** One thing said, and by which check. */
export type CheckedDiagnosis = Diagnosis & { readonly check: string };

/** A login as it may be shown. */
export interface ConnectionFact {
  readonly variable: string;
  readonly use: LoginUse;
  readonly state: Login['state'];
  /** Why it was not reached; null where it was. */
  readonly reason: string | null;
  readonly server: {
    readonly role: string;
    readonly database: string;
    readonly place: string;
    readonly version: string;
    readonly tls: string;
    readonly roundTripMs: number;
  } | null;
}

/** What the doctor says. Holds no secret. */
export interface DoctorReport {
  /** `wrong` where something is; else `could-not-look` where something could not be asked; else `healthy`, perhaps with warnings. */
  readonly outcome: 'healthy' | 'wrong' | 'could-not-look';
  readonly settings: readonly DoctorSetting[];
  readonly connections: readonly ConnectionFact[];
  readonly diagnoses: readonly CheckedDiagnosis[];
  readonly tookMs: number;
}

/** The worst there is. */
export function outcomeOf(diagnoses: readonly Diagnosis[]): DoctorReport['outcome'] {
  if (diagnoses.some(({ outcome }) => outcome === 'wrong')) return 'wrong';
  return diagnoses.some(({ outcome }) => outcome === 'could-not-look') ? 'could-not-look' : 'healthy';
}

/** What two checks say of one thing is said once: the same statement mends it. Who granted it may be named or not. */
export function withoutRepetition(diagnoses: readonly CheckedDiagnosis[]): CheckedDiagnosis[] {
  const seen = new Set<string>();
  return diagnoses.filter(({ outcome, mend }) => {
    if (outcome === 'ok' || mend?.how !== 'sql') return true;
    const statement = mend.sql.replace(/ GRANTED BY .*$/s, '');
    const isNew = !seen.has(statement);
    seen.add(statement);
    return isNew;
  });
}

/** A login's facts, without its URL. */
export function connectionFact(login: Login): ConnectionFact {
  const { variable, use, state } = login;
  if (login.state !== 'reached') return { variable, use, state, reason: login.reason, server: null };
  const { facts, connection, encryption, roundTripMs } = login;
  const { host = '', port = 5432 } = connection;
  const tls = {
    socket: 'unix socket',
    plain: 'plain',
    unproven: `${facts.tls?.version ?? 'TLS'}, not verified`,
    verified: `${facts.tls?.version ?? 'TLS'}, verified`,
  };
  return {
    variable,
    use,
    state,
    reason: null,
    server: {
      role: facts.role,
      database: facts.identity.name,
      place: encryption === 'socket' ? host : `${host}:${port}`,
      version: facts.version,
      tls: tls[encryption],
      roundTripMs: Number(roundTripMs.toFixed(2)),
    },
  };
}
