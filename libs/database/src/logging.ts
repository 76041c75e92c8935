import { types } from 'node:util';
import { pino, type Logger, type LoggerOptions } from 'pino';

export type { Logger } from 'pino';

/** Fields that hold a secret, whoever logs them. */
const SECRET_FIELDS = [
  'password',
  'currentPassword',
  'newPassword',
  'passwordHash',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'apiKey',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
];

/** A line's own fields, those of an object in it, and those of an object in that one, such as `req.headers`. */
const REDACTED_PATHS = SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** One for all loggers, written to at once: lines stand in the order of what happened, and the last one is there when the process ends. */
const standardOutput = pino.destination({ dest: 1, sync: true });

/**
 * A JSON logger for one part of the system. `LOG_LEVEL` sets the level (trace, debug, info, warn, error, fatal, silent;
 * default info). Fields that hold secrets are replaced before they are written.
 */
export function createLogger(name: string): Logger {
  const options: LoggerOptions = {
    name,
    level: process.env['LOG_LEVEL'] ?? 'info',
    serializers: { err: describeError },
    redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return pino(options, standardOutput);
}

/** What else of an error is of use and never holds data: PostgreSQL's `detail` quotes rows, and its `client` holds a connection. */
const ERROR_FACTS = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine', 'family', 'fields'] as const;

/** An error as it is logged: its class, text, stack, chosen facts and cause, and none of the objects that libraries attach to it. */
function describeError(error: unknown): unknown {
  if (!types.isNativeError(error)) return typeof error === 'object' && error !== null ? Object.prototype.toString.call(error) : error;
  const facts = ERROR_FACTS.map((name): [string, unknown] => [name, Reflect.get(error, name)]).filter(([, value]) => value !== undefined);
  return {
    type: error.name,
    message: error.message,
    ...(saysItAll(error) ? {} : { stack: error.stack }),
    ...Object.fromEntries(facts),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** Connection exceptions and shutdowns by SQLSTATE, refused and broken connections by the system's code. */
const LOST_CONNECTION = /^(?:08...|57P0.|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE)$/;

/** What an operator can mend is said by its text; a lost connection is nobody's line of code. A stack would only hide both. */
function saysItAll(error: Error): boolean {
  return (
    Reflect.get(error, 'family') === 'operator' || LOST_CONNECTION.test(String(Reflect.get(error, 'code'))) || /^Connection terminated/.test(error.message)
  );
}
