import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, Stop } from './say.mjs';

/** True where the services will use the embedded PostgreSQL. */
export function usesEmbedded() {
  return !process.env.DATABASE_URL && process.env.NODE_ENV !== 'production';
}

/**
 * Starts the embedded server, or joins it, while the services are still loading; they join the same one.
 * `stop` gives the lease back and, if nobody else holds one, ends the server at once instead of after its grace: true when it is gone.
 */
export async function holdEmbeddedServer(onProgress) {
  const load = (name) => import(pathToFileURL(join(root, 'dist', 'libs', 'database', 'src', 'embedded', `${name}.js`)).href);
  const [{ embeddedHome }, { Lease }, { stopServer }] = await Promise.all([load('home'), load('lease'), load('control')]);
  const home = embeddedHome();
  const lease = new Lease(home, { name: 'start', onProgress });
  try {
    await lease.acquire();
  } catch (error) {
    throw typeof error.code === 'string' && error.code.startsWith('EMBEDDED_') ? new Stop(error.message) : error;
  }
  return {
    facts: lease.facts,
    folder: home.folder,
    developmentUsers: () => JSON.parse(readFileSync(home.secretsFile, 'utf8')).developmentUsers,
    stop: async () => {
      await lease.release();
      try {
        await stopServer(home, { force: false });
        return true;
      } catch (error) {
        if (error.code === 'EMBEDDED_IN_USE') return false;
        throw error;
      }
    },
  };
}
