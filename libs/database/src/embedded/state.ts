import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { DurabilityDiffersError } from './errors.js';
import type { EmbeddedHome } from './home.js';
import { writePrivately } from './secrets.js';

/** `full` survives a power cut; `test` gives that up for speed and allows more connections. Decided when the data folder is made. */
export type Durability = 'full' | 'test';

/** What the supervisor remembers between runs. */
export interface ServerState {
  readonly port: number;
  readonly durability: Durability;
}

export async function readState(home: EmbeddedHome): Promise<ServerState | undefined> {
  const text = await readFile(home.stateFile, 'utf8').catch(() => undefined);
  try {
    const state = text === undefined ? undefined : (JSON.parse(text) as ServerState);
    return typeof state?.port === 'number' ? state : undefined;
  } catch {
    return undefined;
  }
}

export async function writeState(home: EmbeddedHome, state: ServerState): Promise<void> {
  await writePrivately(home.stateFile, `${JSON.stringify(state)}\n`);
}

/** @throws DurabilityDiffersError where a process asks for the other kind than the folder has */
export function checkDurability(home: EmbeddedHome, actual: Durability, wanted: Durability | undefined): void {
  if (wanted === undefined || wanted === actual) return;
  throw new DurabilityDiffersError(
    `The embedded server in "${home.folder}" was made with durability "${actual}", and "${wanted}" was asked for. Use another home folder for it, or "npm run db:reset -- --yes".`,
    { fields: { home: home.folder, actual, wanted } },
  );
}

/** Below the range that systems hand out to outgoing connections, so that nobody takes it between two starts by accident. */
const LOWEST_PORT = 20_000;
const PORTS = 12_000;

/** The preferred port if nobody listens on it, else a free one. */
export async function freePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = LOWEST_PORT + Math.floor(Math.random() * PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of 100 random ports between ${LOWEST_PORT} and ${LOWEST_PORT + PORTS} on 127.0.0.1 was free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
