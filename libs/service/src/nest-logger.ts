import type { LoggerService } from '@nestjs/common';
import { createLogger, type Logger } from '#database';

/** What Nest says about a listen that failed, before it throws the same. */
const LISTEN_FAILURE = /^Error: (listen|getaddrinfo) E/;

/** Nest's own lines through our logger. What it says about modules and routes while starting is of interest to nobody but its authors. */
export class NestLogger implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger = createLogger('nest')) {
    this.#logger = logger;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  /** What keeps the application from being made or from listening reaches runService as well, which reports it with less around it. */
  error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) === 'ExceptionHandler' || (rest.at(-1) === 'NestApplication' && LISTEN_FAILURE.test(String(message)))) return;
    this.#write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  /** Nest passes the name of the part that speaks last. */
  #write(level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal', message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const err = message instanceof Error ? message : undefined;
    this.#logger[level]({ context: typeof context === 'string' ? context : undefined, err }, err === undefined ? String(message) : err.message);
  }
}
