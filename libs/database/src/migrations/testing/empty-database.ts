import { bootstrapRoles } from '../../roles/index.js';
import { withAdmin } from '../../testing/admin.js';
import { onDatabase } from '../../testing/cluster.js';
import { testEnvironment } from '../../testing/environment.js';
import { testDatabaseName } from '../../testing/template.js';

/** A database on the tests' server with roles and an empty schema `app`: the state before the first migration. */
export interface EmptyDatabase {
  readonly ownerUrl: string;
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** Makes one. `sequence` tells those of one test file apart. */
export async function createEmptyDatabase(sequence: number): Promise<EmptyDatabase> {
  const { urls } = testEnvironment();
  const name = testDatabaseName(sequence);
  await withAdmin(urls.admin, (admin) => admin.query(`create database ${name} owner app_owner`));
  const adminUrl = onDatabase(urls.admin, name);
  await withAdmin(adminUrl, (admin) => bootstrapRoles(admin, { database: name }));
  return {
    ownerUrl: onDatabase(urls.owner, name),
    adminUrl,
    drop: async () => {
      await withAdmin(urls.admin, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}
