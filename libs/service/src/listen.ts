import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PortUnavailableError } from './errors.js';

const REASONS = new Map<unknown, 'taken' | 'forbidden' | 'unknown-host'>([
  ['EADDRINUSE', 'taken'],
  ['EACCES', 'forbidden'],
  ['EADDRNOTAVAIL', 'unknown-host'],
  ['ENOTFOUND', 'unknown-host'],
]);

/** The name of a variable that holds a port. The host stands in the one that says HOST instead. */
export type PortVariable = `${string}PORT`;

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** What the operator changes when the port cannot be had. */
  readonly variable: PortVariable;
}

/**
 * Listens and returns the URL under which this machine reaches the service. Where it fails, closing `app` stays with the caller.
 * @throws PortUnavailableError that names the variable
 */
export async function listen(app: NestFastifyApplication, { host, port, variable }: ListenOptions): Promise<string> {
  try {
    await app.listen(port, host);
  } catch (error) {
    throw refusedAddress({ host, port, variable }, error) ?? error;
  }
  const address: unknown = app.getHttpServer().address();
  const actual = typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : port;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${actual}`;
}

/** What to tell the operator when listening failed for want of the address; undefined for every other error. */
export function refusedAddress({ host, port, variable }: ListenOptions, error: unknown): PortUnavailableError | undefined {
  const reason = typeof error === 'object' && error !== null && 'code' in error ? REASONS.get(error.code) : undefined;
  if (reason === undefined) return undefined;
  return new PortUnavailableError({ host, port, portVariable: variable, hostVariable: variable.replace(/PORT$/, 'HOST') }, reason, error);
}
