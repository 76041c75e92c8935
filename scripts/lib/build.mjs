import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { duration, root, say, Stop } from './say.mjs';

const dist = join(root, 'dist');
const marker = join(dist, '.plinth-build');
const SOURCES = ['apps', 'libs'];
const SETTINGS = ['.swcrc', 'nest-cli.json', 'tsconfig.json', 'package.json'];

/**
 * Compiles where dist is not what the sources say, or in any case with `force`; answers whether it did. Files are replaced in place
 * and what has no source any more is removed afterwards: a running app never finds dist empty, and nothing old survives in it.
 */
export async function buildIfStale({ force = false } = {}) {
  const wanted = fingerprint();
  if (!force && isCurrent(wanted)) return false;
  say('Building');
  compile(wanted);
  return true;
}

function isCurrent(wanted) {
  return existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
}

/** Contents, not times: a fresh clone, a copy and a branch switch and back all count right. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of [...SETTINGS.map((name) => join(root, name)), ...SOURCES.flatMap((folder) => filesIn(join(root, folder), '.ts'))]) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function compile(wanted) {
  const started = Date.now();
  rmSync(marker, { force: true });
  const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const answer = spawnSync(process.execPath, [nest, 'build', '--all', '--builder', 'swc'], { cwd: root, encoding: 'utf8' });
  const output = `${answer.stdout || ''}${answer.stderr || ''}`;
  if (/ENOSPC|no space left/i.test(output)) throw new Stop(`No space is left on the disk that holds "${dist}". Free some and start again.`);
  if (answer.status !== 0 || /Failed to compile/i.test(output)) throw new Stop(`The build failed:\n${output.trim()}`);
  removeOutputsWithoutSource();
  mkdirSync(dist, { recursive: true });
  writeFileSync(marker, wanted);
  say(`Built in ${duration(Date.now() - started)}`);
}

function removeOutputsWithoutSource() {
  for (const file of filesIn(dist, '')) {
    const source = join(root, relative(dist, file)).replace(/\.(?:js|js\.map|d\.ts)$/, '.ts');
    if (!existsSync(source)) rmSync(file, { force: true });
  }
}

function filesIn(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(path, ending);
      return entry.name.endsWith(ending) ? [path] : [];
    });
}
