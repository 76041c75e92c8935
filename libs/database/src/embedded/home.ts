import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainSystemError } from './errors.js';

/** Linux allows 107 bytes for a unix socket's path, macOS 103. */
const LONGEST_SOCKET_PATH = 100;

/** Where everything of one embedded server lives. All paths are absolute; two checkouts differ in all of them. */
export interface EmbeddedHome {
  readonly folder: string;
  readonly data: string;
  readonly secretsFile: string;
  /** Port and durability, written by the supervisor. */
  readonly stateFile: string;
  /** Which definition of the roles this cluster has seen, written by the process that made them. */
  readonly bootstrapFile: string;
  readonly lockFile: string;
  readonly socket: string;
  readonly logs: string;
  readonly postgresLog: string;
  readonly supervisorLog: string;
}

/** The folder of the checkout: the nearest one upwards that has a package.json, seen from the sources and from dist alike. */
export function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("No package.json above the embedded server's own files: the installation is not whole.");
    folder = parent;
  }
  return folder;
}

/** The paths below `home`, which is taken relative to the checkout and defaults to PLINTH_HOME, then `.plinth`. Touches nothing. */
export function embeddedHome(home: string = process.env['PLINTH_HOME'] || '.plinth'): EmbeddedHome {
  const folder = resolve(repositoryRoot(), home);
  const logs = join(folder, 'logs');
  return {
    folder,
    data: join(folder, 'postgres'),
    secretsFile: join(folder, 'secrets.json'),
    stateFile: join(folder, 'server.json'),
    bootstrapFile: join(folder, 'bootstrap.json'),
    lockFile: join(folder, 'supervisor.lock'),
    socket: socketPath(folder),
    logs,
    postgresLog: join(logs, 'postgres.log'),
    supervisorLog: join(logs, 'supervisor.log'),
  };
}

/**
 * Makes the folders that do not exist yet: home (others may pass through it, so that PostgreSQL's account reaches its
 * data, but not list it), logs and, where the socket lives elsewhere, its private folder.
 * @throws HomeNotWritableError, DiskFullError
 */
export async function makeHome(home: EmbeddedHome): Promise<void> {
  try {
    await makePassable(home.folder);
    await mkdir(home.logs, { recursive: true, mode: 0o700 });
    if (dirname(home.socket) !== home.folder) await mkdir(dirname(home.socket), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explainSystemError(error, home.folder);
  }
}

/** Modes are set by chmod, since a umask of 077 would take them away again. Folders that exist are left as they are. */
async function makePassable(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  for (let made = folder; first !== undefined && made.length >= first.length; made = dirname(made)) await chmod(made, 0o711);
}

function socketPath(folder: string): string {
  const path = join(folder, 'supervisor.sock');
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(tmpdir(), `plinth-${userInfo().uid}-${hash}`, 'supervisor.sock');
}
