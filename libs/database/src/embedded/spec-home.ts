import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stopServer } from './control.js';
import { embeddedHome, type EmbeddedHome } from './home.js';

/** A home of a spec's own, which PostgreSQL's account can reach, with what ends it afterwards. */
export interface SpecHome {
  readonly home: EmbeddedHome;
  /** Stops whatever runs there and removes the folder. */
  remove(): Promise<void>;
}

/** Makes an empty folder below the system's folder for such things, and names a home in it. */
export async function makeSpecHome(): Promise<SpecHome> {
  const folder = await mkdtemp(join(tmpdir(), 'plinth-spec-'));
  await chmod(folder, 0o711);
  const home = embeddedHome(join(folder, 'home'));
  return {
    home,
    remove: async () => {
      await stopServer(home, { force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until `look` answers true. @throws after ten seconds, naming what was waited for */
export async function until(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await pause(10);
  }
}
