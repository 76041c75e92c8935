import { openConfiguredDatabase, type Database } from '#database';
import { prepareEnvironment } from '#database/embedded';

/** Runs `work` on the database of the environment, or on the embedded server, as who signs people in and runs the platform. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const prepared = await prepareEnvironment({ service: 'cli', migrate: false });
  try {
    const database = await openConfiguredDatabase({ applicationName: 'plinth-cli', pools: ['tenant', 'privileged'] });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await prepared.close();
  }
}
