import type { ClientConfig } from 'pg';
import { PlinthError } from '../errors.js';

const NO_SERVER_THERE = 'Check host and port, and that PostgreSQL runs there and can be reached from here.';
const UNKNOWN_CERTIFICATE = 'Set PG_SSL_ROOT_CERT to the certificate that signed it.';

/** What to do about an error with this code, of PostgreSQL or of the system. */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'Check the name of the host.',
  EAI_AGAIN: 'Check the name of the host, and that names can be looked up from here.',
  ECONNREFUSED: NO_SERVER_THERE,
  ECONNRESET: NO_SERVER_THERE,
  ETIMEDOUT: NO_SERVER_THERE,
  EHOSTUNREACH: NO_SERVER_THERE,
  ENETUNREACH: NO_SERVER_THERE,
  ENOENT: 'Check the folder of the socket, and that PostgreSQL runs.',
  '28P01': 'Check user and password; "npm run db:roles" makes the logins and prints their URLs.',
  '28000': 'Check user and password, and what pg_hba.conf of the server allows.',
  '3D000': 'Check the name of the database; "npm run db:roles" makes it where it is missing.',
  '42501': 'Run "npm run db:roles" for this database: it lets the logins in.',
  '53300': 'Lower the pool sizes (DATABASE_POOL_SIZE and its like), or raise max_connections of the server.',
  '57P03': 'The server is starting or stopping: try again shortly.',
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CERTIFICATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: 'Use the host name that the certificate of the server holds.',
};

/** The database could not be reached, or refused the login. The message names the variable that says where it is, and the next step. */
export class DatabaseUnavailableError extends PlinthError {
  readonly code = 'DATABASE_UNAVAILABLE';
  readonly family = 'operator';
  override readonly httpStatus = 503;
  /** @param origin the variable that configures the connection, or the name of its pool */
  constructor(origin: string, connection: ClientConfig, cause: unknown) {
    super(explainUnreachable(origin, connection, cause), { cause, fields: { origin } });
  }
}

/**
 * Why a connection could not be opened, for an operator: who wanted to go where, what was answered, and the next step. Without the password.
 * @param origin what the connection is configured by, say `DATABASE_URL`
 */
export function explainUnreachable(origin: string, { user, host, port, database }: ClientConfig, cause: unknown): string {
  const place = host?.startsWith('/') === true ? `the socket in ${host}` : `${host ?? 'localhost'}:${port ?? 5432}`;
  const step = NEXT_STEPS[codeOf(cause)] ?? (/timeout|timed out/i.test(textOf(cause)) ? NO_SERVER_THERE : '');
  return `${origin}: "${user ?? ''}" could not connect to database "${database ?? ''}" at ${place}: ${textOf(cause)}. ${step}`.trimEnd();
}

/** Node joins the failed attempts at several addresses in an error that has no text. */
function textOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause);
  if ('errors' in cause && Array.isArray(cause.errors) && cause.errors.length > 0) return textOf(cause.errors[0]);
  const message = 'message' in cause && typeof cause.message === 'string' ? (cause.message.split('\n', 1)[0] ?? '') : '';
  return (message || codeOf(cause) || 'no reason was given').replace(/\.$/, '');
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}
