import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder of this installation: PLINTH_HOME, taken relative to the checkout, or else its `.plinth`. */
export function plinthHome(env: NodeJS.ProcessEnv): string {
  return resolve(checkout(), env['PLINTH_HOME'] || '.plinth');
}

/** The nearest folder upwards with a package.json, seen from the sources and from dist alike; else the current one. */
function checkout(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return process.cwd();
}
