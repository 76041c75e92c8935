import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuntimeConfig } from '../config/areas/runtime.config.js';
import { loadConfig } from '../config/load-config.js';
import { repositoryRoot } from '../embedded/home.js';

/** What was built. */
export interface BuildInfo {
  readonly version: string;
  /** Null where neither PLINTH_COMMIT nor a checkout says it. */
  readonly commit: string | null;
}

const GIT_WITHIN_MS = 1_000;

/** Version of package.json; commit of PLINTH_COMMIT or of the checkout. Asked once at start; never throws for want of a commit. @throws ConfigurationError */
export async function readBuildInfo(): Promise<BuildInfo> {
  const root = repositoryRoot();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { version, commit: loadConfig(RuntimeConfig).commit ?? (await commitOf(root)) };
}

async function commitOf(root: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('git', ['-C', root, 'rev-parse', 'HEAD'], { timeout: GIT_WITHIN_MS }, (error, stdout) => {
      const commit = stdout.trim();
      resolve(error === null && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null);
    });
  });
}
