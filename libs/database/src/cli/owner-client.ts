import pg from 'pg';
import { TlsConfig } from '../config/areas/tls.config.js';
import { connectionOptions, directUrl } from '../config/connection-url.js';
import { loadConfig } from '../config/load-config.js';
import { optionalDirectUrl, requiredUrl } from '../config/required-url.js';
import { DatabaseUnavailableError } from '../config/unreachable.js';
import { PlinthError } from '../errors.js';
import { prepareEnvironment } from '../embedded/prepare-environment.js';
import { OwnerConnectionLostError } from './errors.js';

/**
 * Runs `work` on one session of DATABASE_OWNER_URL, past a pooler where DATABASE_DIRECT_URL names the way; without any URL, and outside
 * production, on the embedded server. Closes it afterwards.
 * @param applicationName what pg_stat_activity shows
 * @throws ConfigurationError, DatabaseUnavailableError, OwnerConnectionLostError, and what `work` throws
 */
export async function withOwnerClient<T>(applicationName: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const prepared = await prepareEnvironment({ service: 'cli', migrate: false });
  try {
    const url = directUrl(requiredUrl('DATABASE_OWNER_URL'), optionalDirectUrl());
    return await onClient(connectionOptions(url, loadConfig(TlsConfig), { application_name: applicationName }), work);
  } finally {
    await prepared.close();
  }
}

async function onClient<T>(options: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(options);
  let lost: Error | undefined;
  client.on('error', (error) => (lost ??= error));
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseUnavailableError('DATABASE_OWNER_URL', options, error);
  }
  try {
    return await work(client);
  } catch (error) {
    throw lost === undefined || error instanceof PlinthError ? error : new OwnerConnectionLostError(lost);
  } finally {
    await client.end();
  }
}
