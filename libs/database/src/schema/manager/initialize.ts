import { connectionOptions, directUrl, parseLoginUrl } from '../../config/connection-url.js';
import { runMigrations } from '../../migrations/run.js';
import { bootstrapRoles } from '../../roles/bootstrap-roles.js';
import { runSeeds } from '../../seeds/run-seeds.js';
import { withClient } from '../expected/scratch-database.js';
import type { SchemaFinding } from '../compare/finding.js';
import { readJournalState } from './journal-state.js';
import { migrations as ownMigrations } from '../../migrations/index.js';
import type { SchemaManager } from './schema-manager.js';
import type { SchemaManagerOptions } from './schema-manager.types.js';

export interface InitializeOptions {
  /** Repair drift too, as far as no value can be lost. For development: elsewhere a person reads `schema:plan` first. Default false. */
  readonly align?: boolean;
}

export interface InitializeReport {
  /** `newer`: the journal knows migrations that this build does not, and nothing was done. */
  readonly outcome: 'ready' | 'newer';
  readonly migrated: readonly string[];
  readonly seeded: number;
  /** Drift that the alignment left; empty where it was not asked for. */
  readonly left: readonly SchemaFinding[];
}

/**
 * Brings a database to what this build needs. Each part holds a lock of its own, so that of many processes one does it and the others
 * find it done. An older build that meets a newer schema leaves everything as it is.
 * @throws what bootstrap, migrations, repair and seeds throw
 */
export async function initialize(manager: SchemaManager, options: SchemaManagerOptions, { align = false }: InitializeOptions): Promise<InitializeReport> {
  const { ownerUrl, directUrl: direct, tls, onProgress } = options;
  await makeRoles(options);
  const owner = connectionOptions(directUrl(ownerUrl, direct), tls);
  const { unknown } = await withClient(owner, (client) => readJournalState(client, options.migrations ?? [...ownMigrations]));
  if (unknown.length > 0) return { outcome: 'newer', migrated: [], seeded: 0, left: [] };
  const migrated = await runMigrations(ownerUrl, {
    ...(tls === undefined ? {} : { tls }),
    ...(direct === undefined ? {} : { directUrl: direct }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const left = align && options.scratchUrl !== undefined ? (await manager.fixSchema()).left : [];
  const added = await runSeeds(ownerUrl);
  return { outcome: 'ready', migrated, seeded: added.permissions + added.roles, left };
}

/** Only an administrator may make roles; without one they are there already, or the next step says that they are not. */
async function makeRoles({ administratorUrl, ownerUrl, tls }: SchemaManagerOptions): Promise<void> {
  if (administratorUrl === undefined) return;
  const { database, password } = parseLoginUrl(ownerUrl);
  await withClient({ ...connectionOptions(administratorUrl, tls), database }, (administrator) =>
    bootstrapRoles(administrator, { database, ...(password === undefined ? {} : { passwords: { app_owner: password } }) }),
  );
}
