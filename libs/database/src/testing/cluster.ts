import { joinEmbeddedServer } from '../embedded/index.js';
import { bootstrapRoles } from '../roles/index.js';
import { withAdmin } from './admin.js';

/** One connection URL per login of the runtime, plus the superuser's that only tests may use. */
export interface ClusterUrls {
  readonly login: string;
  readonly privileged: string;
  readonly queue: string;
  readonly owner: string;
  readonly admin: string;
}

/** The PostgreSQL that the tests of this checkout share: its URLs (of a maintenance database) and the lease on it. */
export interface TestCluster {
  readonly urls: ClusterUrls;
  release(): Promise<void>;
}

const LOGINS = { login: 'app_login', privileged: 'app_privileged', queue: 'app_queue', owner: 'app_owner' } as const;

/**
 * Joins the tests' own server: an embedded one below `home`, never the development data; or the server that `adminUrl`
 * names (its roles get new passwords).
 * @throws when the server cannot be started or the URL does not log in as a superuser.
 */
export async function joinTestCluster(options: { home: string; adminUrl?: string }): Promise<TestCluster> {
  if (options.adminUrl !== undefined) return joinForeignCluster(options.adminUrl);
  const server = await joinEmbeddedServer({ home: options.home, durability: 'test' });
  const { login, privileged, queue, owner, admin } = server.urls;
  return { urls: { login, privileged, queue, owner, admin }, release: async () => server.release() };
}

async function joinForeignCluster(adminUrl: string): Promise<TestCluster> {
  const passwords = { app_owner: 'test-owner', app_login: 'test-login', app_privileged: 'test-privileged', app_queue: 'test-queue' };
  await withAdmin(adminUrl, async (admin) => {
    await bootstrapRoles(admin, { database: new URL(adminUrl).pathname.slice(1), passwords });
  });
  const as = (key: keyof typeof LOGINS): string => {
    const url = new URL(adminUrl);
    url.username = LOGINS[key];
    url.password = passwords[LOGINS[key]];
    return url.href;
  };
  const urls = { login: as('login'), privileged: as('privileged'), queue: as('queue'), owner: as('owner'), admin: adminUrl };
  return { urls, release: () => Promise.resolve() };
}

/** The same URL with another database in its path. */
export function onDatabase(url: string, database: string): string {
  const copy = new URL(url);
  copy.pathname = `/${database}`;
  return copy.href;
}
