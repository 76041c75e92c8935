import { createLogger } from '#database';
import type { LoggerService } from '@nestjs/common';

/** Nest's own lines through our logger; what it says while it starts is of interest at level debug only. */
export function nestLogger(): LoggerService {
  const logger = createLogger('nest');
  const at = (level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal') => (message: unknown, ...rest: unknown[]): void => {
    const context = rest.at(-1);
    logger[level]({ context: typeof context === 'string' ? context : undefined, err: message instanceof Error ? message : undefined }, String(message));
  };
  return { log: at('debug'), debug: at('debug'), verbose: at('trace'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
}
