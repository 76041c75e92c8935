import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { root, say, Stop } from './say.mjs';

/** Our own bound on waiting for the server to go; it stops in well under a second. */
const STOP_WITHIN_MS = 15_000;

/** True where the services will use the embedded PostgreSQL. */
export function usesEmbedded() {
  return !process.env.DATABASE_URL && process.env.NODE_ENV !== 'production';
}

/**
 * Starts the embedded server, or joins it, while the services are still loading; they join the same one.
 * `stop` gives the lease back and, if nobody else holds one, lets the server go at once instead of after its grace.
 */
export async function holdEmbeddedServer() {
  const load = (name) => import(pathToFileURL(join(root, 'dist', 'libs', 'database', 'src', 'embedded', `${name}.js`)).href);
  const [{ embeddedHome }, { Lease }] = await Promise.all([load('home'), load('lease')]);
  const home = embeddedHome();
  const lease = new Lease(home, { name: 'start', onProgress: say });
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
      return stopIfIdle(home.socket);
    },
  };
}

/** Answers true when the server is gone, false where others still use it. */
async function stopIfIdle(socket) {
  const answer = await ask(socket, { ask: 'stop', force: false });
  if (answer === undefined) return true;
  if (answer.tell === 'in-use') return false;
  for (const deadline = Date.now() + STOP_WITHIN_MS; Date.now() < deadline; ) {
    if ((await ask(socket, { ask: 'status' })) === undefined) return true;
    await pause(20);
  }
  return false;
}

function ask(path, message) {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    let text = '';
    socket.on('error', () => resolve(undefined));
    socket.on('connect', () => socket.write(`${JSON.stringify(message)}\n`));
    socket.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      resolve(JSON.parse(text.slice(0, text.indexOf('\n'))));
      socket.destroy();
    });
    socket.on('close', () => resolve(undefined));
  });
}
