import type { ClientConfig } from 'pg';
import { connectionOptions, directUrl } from '../../config/connection-url.js';
import type { ScratchServer } from '../expected/scratch-database.js';
import type { SchemaManagerOptions } from './schema-manager.types.js';

/** Who connects where, from one set of options. */
export interface SchemaConnections {
  /** app_owner on the database itself, past a pooler. */
  readonly owner: ClientConfig;
  /** An administrator on the same database; absent where nobody gave one. */
  readonly administrator?: ClientConfig;
  readonly scratch?: ScratchServer;
}

/** What somebody set for the role or the database must not hinder the look at it, nor its repair. */
const STEADY = { row_security: 'on', default_transaction_read_only: 'off', statement_timeout: '0', idle_in_transaction_session_timeout: '0' };
const OPTIONS = Object.entries(STEADY)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ');

/** @throws InvalidSettingError when a URL cannot be used */
export function schemaConnections(options: SchemaManagerOptions): SchemaConnections {
  const { ownerUrl, scratchUrl, administratorUrl, directUrl: direct, tls } = options;
  const owner = { ...connectionOptions(directUrl(ownerUrl, direct), tls), options: OPTIONS };
  return {
    owner,
    ...(administratorUrl === undefined ? {} : { administrator: { ...connectionOptions(administratorUrl, tls), database: owner.database, options: OPTIONS } }),
    ...(scratchUrl === undefined ? {} : { scratch: { scratchUrl, ownerUrl: directUrl(ownerUrl, direct), ...(tls === undefined ? {} : { tls }) } }),
  };
}
