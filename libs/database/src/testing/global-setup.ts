import { join } from 'node:path';
import { joinTestCluster, type TestCluster } from './cluster.js';
import { publishTestEnvironment } from './environment.js';
import { ensureTemplate } from './template.js';

let cluster: TestCluster | undefined;

/**
 * Jest's global set-up: starts or joins the tests' server, makes the template, and hands both to the test processes.
 * `PLINTH_TEST_ADMIN_URL` names another server to use (a superuser's URL; its login roles get known passwords).
 */
export async function startTestCluster(repositoryRoot: string): Promise<void> {
  const adminUrl = process.env['PLINTH_TEST_ADMIN_URL'];
  const home = process.env['PLINTH_TEST_HOME'] ?? join(repositoryRoot, '.plinth', 'test');
  cluster = await joinTestCluster({ home, ...(adminUrl === undefined ? {} : { adminUrl }) });
  const template = await ensureTemplate(cluster.urls, join(import.meta.dirname, '..'));
  publishTestEnvironment({ urls: cluster.urls, template });
}

/** Jest's global tear-down: gives the lease back; the server stops after its grace. */
export async function stopTestCluster(): Promise<void> {
  await cluster?.release();
}
