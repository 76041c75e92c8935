import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, Stop } from './say.mjs';

/** Stops where Node is older than package.json's `engines` says. */
export function checkNode(running = process.versions.node) {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace(/^>=/, '');
  const [major, minor] = running.split('.').map(Number);
  const [leastMajor, leastMinor] = wanted.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Stop(`Node ${running} is too old: Plinth needs ${wanted} or newer (20, 22 or 24). Install one from https://nodejs.org, or run "nvm install" here.`);
}

/** Stops where there is no `git`, with which the worker reads the repositories of agents. */
export function checkGit() {
  const answer = spawnSync('git', ['--version'], { stdio: 'ignore' });
  if (answer.status === 0) return;
  throw new Stop(
    'The program "git" was not found on the PATH, or does not run. The worker reads the repositories of agents with it: install it ' +
      '(Debian, Ubuntu: apt-get install git; Fedora: dnf install git; macOS: xcode-select --install) and start again.',
  );
}
