/**
 * The commit hook. Where entities or migrations are staged it asks what `npm run migration:check` asks, of what is staged and not of what
 * lies beside it. It stops its clock before 5 s and says what it left to CI, which asks everything again. `git commit --no-verify` passes
 * by it. What it cannot look at is said, and does not stop a commit. `--stop-after <ms>` gives it another time.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { main, red, root, say } from './lib/say.mjs';

const { values } = parseArgs({ options: { 'stop-after': { type: 'string', default: '4500' } } });
const STOP_MS = Number(values['stop-after']);
/** What the check itself may use of it: the rest is for its last words. */
const LAST_WORDS_MS = 300;
const WATCHED = /^libs\/database\/src\/(entities|migrations)\/(?!.*\.spec\.ts$)/;
const SOURCES = 'libs/database/src';
const CI = 'Nothing was checked here; CI checks it before the merge.';

const started = performance.now();

await main(async () => {
  const staged = lines(git('diff', '--cached', '--name-only', '--diff-filter=ACDMRT')).filter((path) => WATCHED.test(path));
  if (staged.length === 0) return;
  const busy = underWay();
  if (busy !== undefined) return say(`Schema: ${staged.length} files of entities and migrations are staged in the middle of a ${busy}. ${CI}`);
  const swc = await import('@swc/core').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  });
  if (swc === undefined) return say(`Schema: the packages are not installed (npm ci). ${CI}`);
  const folder = stagingFolder();
  try {
    await compileStaged(swc, folder);
    process.exitCode = await check(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Runs in git's own surroundings: while `git commit -a` works, the index is another file, and only they say so. */
function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

function lines(text) {
  return text.split('\n').filter((line) => line !== '');
}

/** The name of what git is in the middle of, or undefined. */
function underWay() {
  const states = { 'rebase-merge': 'rebase', 'rebase-apply': 'rebase', CHERRY_PICK_HEAD: 'cherry-pick', REVERT_HEAD: 'revert', MERGE_HEAD: 'merge' };
  return Object.entries(states).find(([file]) => existsSync(resolve(root, git('rev-parse', '--git-path', file).trim())))?.[1];
}

/** Below the checkout, where its packages are found, and its package.json. */
function stagingFolder() {
  const home = join(root, '.plinth');
  mkdirSync(home, { recursive: true, mode: 0o711 });
  return mkdtempSync(join(home, 'pre-commit-'));
}

/**
 * What is staged, compiled: a file that is only in the working tree does not count. Each blob is compiled once and kept until no commit
 * has it any more.
 */
async function compileStaged(swc, folder) {
  const cache = join(root, '.plinth', 'pre-commit-cache');
  mkdirSync(cache, { recursive: true });
  const kept = new Set(readdirSync(cache));
  const compiler = createHash('sha256')
    .update(readFileSync(join(root, '.swcrc')))
    .update(swc.version)
    .digest('hex')
    .slice(0, 8);
  const staged = stagedSources().map(({ path, blob }) => ({ path, compiled: `${compiler}-${blob}.js` }));
  const fresh = staged.filter(({ compiled }) => !kept.has(compiled));
  if (fresh.length > 0)
    execFileSync('git', ['checkout-index', '--force', '--stdin', `--prefix=${folder}/`], { cwd: root, input: fresh.map(({ path }) => path).join('\n') });
  const options = { configFile: join(root, '.swcrc'), sourceMaps: false, cwd: root };
  await Promise.all(
    fresh.map(async ({ path, compiled }) => {
      const { code } = await swc.transformFile(join(folder, path), options);
      writeFileSync(join(cache, `${compiled}.${process.pid}`), code);
      renameSync(join(cache, `${compiled}.${process.pid}`), join(cache, compiled));
    }),
  );
  for (const { path, compiled } of staged) {
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(cache, compiled), target);
  }
  const used = new Set(staged.map(({ compiled }) => compiled));
  for (const name of kept) if (!used.has(name)) rmSync(join(cache, name), { force: true });
}

/** Path and blob of each source of the library, as staged. */
function stagedSources() {
  return lines(git('ls-files', '--stage', '--', SOURCES))
    .map((line) => ({ blob: line.split(' ')[1], path: line.slice(line.indexOf('\t') + 1) }))
    .filter(({ path }) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.endsWith('.d.ts'));
}

/** The exit code of the commit: 1 where something was found, else 0. */
async function check(folder) {
  const left = STOP_MS - (performance.now() - started);
  const program = join(folder, SOURCES, 'cli', 'main.js');
  const args = ['migration:check', '--stop-after', String(Math.max(0, Math.round(left - LAST_WORDS_MS))), '--checkout', root];
  const { DATABASE_URL: _elsewhere, ...env } = process.env;
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  let late = false;
  const clock = setTimeout(() => {
    late = true;
    child.kill('SIGTERM');
  }, left);
  const code = await new Promise((ended) => child.once('close', ended));
  clearTimeout(clock);
  return conclude(code, late, said);
}

function conclude(code, late, { out, err }) {
  if (out !== '') say(`Schema: ${out.trimEnd()}`);
  if (late)
    say(
      `Schema: the check was stopped after ${(STOP_MS / 1000).toFixed(1)} s, while the embedded PostgreSQL was starting or busy. What it had not said by then is left to CI.`,
    );
  else if (code === 1 && out === '') say(`Schema: the check could not start. ${CI}\n${err.trimEnd()}`);
  else if (code === 2) say('Schema: what is UNKNOWN above is left to CI.');
  if (code !== 1 || out === '') return 0;
  say(red('Schema: the commit was stopped. Mend what was found; or, if CI is to judge: git commit --no-verify'));
  return 1;
}
