import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { dim, duration, root, say, Stop } from './say.mjs';

const lockfile = join(root, 'package-lock.json');
const marker = join(root, 'node_modules', '.plinth-install');
const HEARTBEAT_MS = 10_000;

/** Runs `npm ci` where node_modules is missing or is not what the lockfile says. */
export async function installIfNeeded() {
  const wanted = fingerprint();
  if (read(marker) === wanted) return;
  if (!matchesLockfile()) await install();
  writeFileSync(marker, wanted);
}

/** The lockfile, and what decides which binaries its packages bring. */
function fingerprint() {
  return createHash('sha256').update(readFileSync(lockfile)).update(`${process.platform} ${process.arch}`).digest('hex');
}

/** Somebody may have run npm by hand: npm notes beside the packages what it has put there. Optional packages of other platforms are absent. */
function matchesLockfile() {
  const noted = read(join(root, 'node_modules', '.package-lock.json'));
  if (noted === undefined) return false;
  const present = JSON.parse(noted).packages;
  const wanted = JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || !path.startsWith('node_modules/')) return true;
    const found = present[path];
    if (found === undefined) return entry.optional === true && !isForThisPlatform(entry);
    return found.version === entry.version && existsSync(join(root, path));
  });
}

function isForThisPlatform(entry) {
  const fits = (list, value) => list === undefined || list.includes(value);
  // Packages for another C library state no platform we could compare: npm leaves those out as well.
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch) && entry.libc === undefined && entry.os !== undefined;
}

async function install() {
  const started = Date.now();
  say(
    existsSync(join(root, 'node_modules'))
      ? 'The installed packages differ from package-lock.json: installing (npm ci)'
      : 'Installing the packages of package-lock.json (npm ci); this takes a minute or two',
  );
  const heartbeat = setInterval(() => say(dim(`  still installing, ${duration(Date.now() - started)}`)), HEARTBEAT_MS);
  try {
    const { code, output } = await runNpm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']);
    if (code !== 0) throw new Stop(explain(code, output));
  } finally {
    clearInterval(heartbeat);
  }
  say(`Installed in ${duration(Date.now() - started)}`);
}

function runNpm(args) {
  const npm = process.env.npm_execpath;
  const [program, first] = npm && /npm-cli\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output = `${output}${chunk}`.slice(-20_000);
      });
      // Packages that would rather have a newer Node than the one we support say so at length; the lockfile was tried with it.
      createInterface({ input: stream }).on('line', (line) => {
        if (!line.includes('EBADENGINE')) process.stderr.write(`${line}\n`);
      });
    }
    child.on('error', (error) => {
      reject(
        error.code === 'ENOENT' ? new Stop('The program "npm" was not found on the PATH. It comes with Node: install Node from https://nodejs.org.') : error,
      );
    });
    child.on('close', (code) => resolve({ code: code === null ? 1 : code, output }));
  });
}

/** What npm's answer means, for the causes that people meet. */
export function explain(code, output) {
  if (/ENOSPC|no space left/i.test(output))
    return `No space is left on the disk that holds "${root}". The packages need about 600 MB: free some and start again.`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|ERR_SOCKET_TIMEOUT/.test(output)) {
    return 'npm could not reach the package registry (see above). Check the network, or the proxy ("npm config get proxy") and registry ("npm config get registry") settings, and start again.';
  }
  if (/EACCES|EPERM/.test(output))
    return `npm may not write to "${join(root, 'node_modules')}". Give the checkout to the user that runs this, and start again.`;
  if (/EUSAGE|in sync/.test(output))
    return 'package.json and package-lock.json do not fit together. Run "npm install", look at the difference, and start again.';
  return `npm ci failed with exit code ${code}; its own words are above. Mend that and start again.`;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
