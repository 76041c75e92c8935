import type { ClientConfig } from 'pg';
import { connectionOptions, directUrl } from '../../config/connection-url.js';
import type { ScratchServer } from '../expected/scratch-database.js';
import { STEADY_SESSION } from '../expected/steady-session.js';
import type { SchemaManagerOptions } from './schema-manager.types.js';

/** Who connects where, from one set of options. */
export interface SchemaConnections {
  /** app_owner on the database itself, past a pooler. */
  readonly owner: ClientConfig;
  /** An administrator on the same database; absent where nobody gave one. */
  readonly administrator?: ClientConfig;
  readonly scratch?: ScratchServer;
}

/** @throws InvalidSettingError when a URL cannot be used */
export function schemaConnections(options: SchemaManagerOptions): SchemaConnections {
  const { ownerUrl, scratchUrl, administratorUrl, directUrl: direct, tls } = options;
  const owner = { ...connectionOptions(directUrl(ownerUrl, direct), tls), options: STEADY_SESSION };
  return {
    owner,
    ...(administratorUrl === undefined
      ? {}
      : { administrator: { ...connectionOptions(administratorUrl, tls), database: owner.database, options: STEADY_SESSION } }),
    ...(scratchUrl === undefined ? {} : { scratch: { scratchUrl, ownerUrl: directUrl(ownerUrl, direct), ...(tls === undefined ? {} : { tls }) } }),
  };
}
