import { DatabaseConfig } from '../../config/areas/database.config.js';
import { environmentKind } from '../../config/environment.js';
import { maskPasswords } from '../../config/masking.js';
import type { DoctorCheck } from './check.js';
import { DOCTOR_CHECKS } from './checks/index.js';
import type { DoctorContext } from './context.js';
import { couldNotLook, type Diagnosis } from './diagnosis.js';
import { declaredLogins } from './logins/declared-logins.js';
import type { Login } from './logins/login.js';
import { close, reach } from './logins/reach.js';
import { connectionFact, outcomeOf, withoutRepetition, type CheckedDiagnosis, type DoctorReport } from './report.js';
import { readSettings, tlsOf } from './settings/read-settings.js';
import type { DoctorSetting, SettingSources } from './settings/setting.js';

export interface ExamineOptions {
  readonly sources: SettingSources;
  /** The embedded server's superuser: scratch login and administrator where no setting names one. */
  readonly administratorUrl?: string;
  /** What was found while the settings were read: a server that does not start, a misspelt name. */
  readonly before?: readonly CheckedDiagnosis[];
  /** For connecting, and for each statement; in milliseconds. Default 3,000. */
  readonly timeoutMs?: number;
  /** This machine's clock. */
  readonly now?: () => number;
  readonly checks?: readonly DoctorCheck[];
}

/**
 * Looks at everything that the settings lead to, all logins at once, and says what is wrong and what mends it. Changes nothing; one thing
 * that fails never hides another.
 */
export async function examine(options: ExamineOptions): Promise<DoctorReport> {
  const started = performance.now();
  const { before = [], checks = DOCTOR_CHECKS } = options;
  const context = await openContext(options);
  try {
    const found: CheckedDiagnosis[] = [];
    // One after the other: they share the connections, and each of those takes one statement at a time.
    for (const check of checks) found.push(...(await lookOnce(check, context)));
    const diagnoses = withoutRepetition([...before, ...found]);
    const connections = context.logins.map(connectionFact);
    return { outcome: outcomeOf(diagnoses), settings: context.settings, connections, diagnoses, tookMs: Math.round(performance.now() - started) };
  } finally {
    await closeContext(context);
  }
}

/** Connects by every login at once. Give the context to `closeContext` afterwards. */
export async function openContext({ sources, administratorUrl, timeoutMs = 3_000, now = Date.now }: Omit<ExamineOptions, 'checks'>): Promise<DoctorContext> {
  const settings = readSettings(sources);
  const tls = tlsOf(sources.env) ?? {};
  const declared = declaredLogins(sources.env, settings, administratorUrl);
  const logins = await Promise.all(declared.map(async (login): Promise<Login> => ('state' in login ? login : reach(login, tls, timeoutMs))));
  return { env: sources.env, kind: environmentKind(sources.env), settings, sizes: sizesOf(settings), logins, now };
}

/** Ends the connections. */
export async function closeContext({ logins }: DoctorContext): Promise<void> {
  await Promise.all(logins.map(async (login) => (login.state === 'reached' ? close(login.client) : undefined)));
}

/** A check that fails is itself what is told, and only about itself. */
async function lookOnce(check: DoctorCheck, context: DoctorContext): Promise<CheckedDiagnosis[]> {
  const found = await look(check, context);
  return found.map((diagnosis) => ({ check: check.name, ...diagnosis }));
}

async function look(check: DoctorCheck, context: DoctorContext): Promise<readonly Diagnosis[]> {
  try {
    return await check.look(context);
  } catch (error) {
    return [couldNotLook(check.name, maskPasswords(error instanceof Error ? error.message : String(error)))];
  }
}

/** A size that cannot be used is told by its own setting; the default stands in for it here. */
function sizesOf(settings: readonly DoctorSetting[]): DoctorContext['sizes'] {
  const defaults = new DatabaseConfig();
  const size = (variable: string, otherwise: number): number => {
    const found = settings.find((one) => one.variable === variable);
    return found === undefined || found.problem !== undefined ? otherwise : Number(found.value);
  };
  return {
    poolSize: size('DATABASE_POOL_SIZE', defaults.poolSize),
    privilegedPoolSize: size('DATABASE_PRIVILEGED_POOL_SIZE', defaults.privilegedPoolSize),
    queuePoolSize: size('DATABASE_QUEUE_POOL_SIZE', defaults.queuePoolSize),
  };
}
