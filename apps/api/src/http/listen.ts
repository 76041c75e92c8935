import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HttpConfig } from '#database';
import { PortUnavailableError } from './errors.js';

const REASONS = { EADDRINUSE: 'taken', EACCES: 'forbidden', EADDRNOTAVAIL: 'unknown-host', ENOTFOUND: 'unknown-host' } as const;

/** Listens and returns the URL under which this machine reaches the API. @throws PortUnavailableError that names PORT. */
export async function listen(app: NestFastifyApplication, { host, port }: Pick<HttpConfig, 'host' | 'port'>): Promise<string> {
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    const reason = Object.entries(REASONS).find(([code]) => typeof error === 'object' && error !== null && 'code' in error && error.code === code)?.[1];
    if (reason !== undefined) throw new PortUnavailableError(host, port, error, reason);
    throw error;
  }
  const address: unknown = app.getHttpServer().address();
  const actual = typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : port;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${actual}`;
}
