import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Gives the lease on the tests' PostgreSQL back. */
export default async function tearDown() {
  const { stopTestCluster } = await import(pathToFileURL(join(root, 'dist/libs/database/src/testing/global-setup.js')).href);
  await stopTestCluster();
}
