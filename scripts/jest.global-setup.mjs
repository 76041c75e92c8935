import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Starts the tests' PostgreSQL from the compiled sources; `npm test` has built them. */
export default async function setUp() {
  // Tests provoke errors on purpose; their log lines would bury the report. LOG_LEVEL=info shows them.
  process.env.LOG_LEVEL ??= 'silent';
  const { startTestCluster } = await import(pathToFileURL(join(root, 'dist/libs/database/src/testing/global-setup.js')).href);
  await startTestCluster(root);
}
