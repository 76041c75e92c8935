import { runMigrations } from './run.js';
import { MigrationDataSource } from './migration-data-source.js';

const NOBODY_LISTENS = 'postgres://app_owner:geheim@127.0.0.1:1/plinth';
const EXPLAINED = /^DATABASE_OWNER_URL: "app_owner" could not connect to database "plinth" at 127\.0\.0\.1:1: .+ Check host and port/;

it('migrations that cannot reach the database say where it was looked for, and the next step', async () => {
  await expect(runMigrations(NOBODY_LISTENS, { tls: {} })).rejects.toThrow(EXPLAINED);
});

it('so does the look that precedes a command of TypeORM', async () => {
  await expect(new MigrationDataSource(NOBODY_LISTENS).probe()).rejects.toThrow(EXPLAINED);
});
