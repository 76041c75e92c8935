// How long a repository of agents takes to sync: first, without changes, after one changed file.
//   npm run build && node bench/git-sync.mjs /path/to/bare/repository.git [branch]
// The repository is copied, never written to. Runs on the tests' embedded PostgreSQL, in a database of its own.
import '../node_modules/reflect-metadata/Reflect.js';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

process.env.LOG_LEVEL ??= 'warn';
process.env.NODE_ENV ??= 'test';
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const load = (door) => import(pathToFileURL(join(ROOT, 'dist/libs', door)).href);
const BARS_MS = { 'first sync': 5_000, 'without changes': 500, 'one changed file': 1_000 };

const [source, branch = 'main'] = process.argv.slice(2);
if (source === undefined) {
  console.error('Name a bare repository: node bench/git-sync.mjs /path/to/repository.git [branch]');
  process.exit(2);
}

const { AgentRepository, createLogger, GitConfig, loadConfig } = await load('database/src/index.js');
const testing = await load('database/src/testing/index.js');
const { RepositorySyncService } = await load('agents/src/index.js');

const work = mkdtempSync(join(tmpdir(), 'plinth-bench-'));
const copy = join(work, 'repository.git');
cpSync(resolve(source), copy, { recursive: true });

await testing.startTestCluster(ROOT);
const testDatabase = await testing.createTestDatabase();
try {
  const database = await testDatabase.open();
  const { orgId } = await testing.createOrganization(testDatabase);
  const db = database.tenant(orgId, { actorType: 'WORKER' });
  const { uid: repositoryId } = await db.repository(AgentRepository).insert({ name: 'bench', gitUrl: pathToFileURL(copy).href, branch, isRoot: true });
  const service = new RepositorySyncService({ ...loadConfig(GitConfig), cacheDirectory: join(work, 'mirrors') });
  const logger = createLogger('bench');
  const once = async (name) => {
    const started = performance.now();
    const outcome = await service.run({ db, repositoryId, signal: new AbortController().signal, logger, assertHeld: async () => {} });
    const ms = Math.round(performance.now() - started);
    console.log(`${name.padEnd(17)} ${String(ms).padStart(6)} ms   (bar ${BARS_MS[name]} ms)   ${JSON.stringify(outcome)}`);
    return ms <= BARS_MS[name];
  };
  const within = [await once('first sync'), await once('without changes')];
  changeOneFile();
  within.push(await once('one changed file'));
  process.exitCode = within.every(Boolean) ? 0 : 1;
} finally {
  await testDatabase.drop();
  await testing.stopTestCluster();
  rmSync(work, { recursive: true, force: true });
}

/** Adds a commit to the copy that appends a line to its first agent. */
function changeOneFile() {
  const identity = { GIT_AUTHOR_NAME: 'Bench', GIT_AUTHOR_EMAIL: 'bench@example.test', GIT_COMMITTER_NAME: 'Bench', GIT_COMMITTER_EMAIL: 'bench@example.test' };
  const env = { PATH: process.env.PATH, HOME: work, GIT_DIR: copy, GIT_INDEX_FILE: join(work, 'index'), ...identity };
  const git = (args, input) => execFileSync('git', args, { env, input, encoding: 'utf8', maxBuffer: 100_000_000 }).trim();
  git(['read-tree', branch]);
  const candidates = git(['grep', '-l', '-e', '^name:', branch, '--', '*.md'])
    .split('\n')
    .map((line) => line.slice(branch.length + 1));
  const path = candidates.find((name) => git(['show', `${branch}:${name}`]).startsWith('---\n'));
  const blob = git(['hash-object', '-w', '--stdin'], `${git(['show', `${branch}:${path}`])}\nOne more line.\n`);
  git(['update-index', '--cacheinfo', `100644,${blob},${path}`]);
  const commit = git(['commit-tree', git(['write-tree']), '-p', branch, '-m', 'Change one file']);
  git(['update-ref', `refs/heads/${branch}`, commit]);
}
