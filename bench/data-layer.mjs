/**
 * One row of the current tenant by its key, side by side in one run: unscoped `pool.query` (unnamed and named), unscoped
 * TypeORM, TypeORM with settings awaited one by one, and ours (raw and by repository). Needs an installed and built checkout.
 *
 *   node bench/data-layer.mjs [--organizations 100] [--rows 100000] [--concurrency 1,16,64] [--repetitions 5] [--seconds 1]
 *
 * Prints medians of requests a second and ratios to unscoped `pool.query` of the same repetition, with their spread. The peers
 * take turns within each repetition, so a machine that slows down slows them all. Data lives under `.plinth/bench`.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import 'reflect-metadata';
import { DataSource } from 'typeorm';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const library = (path) => import(join(root, 'dist/libs/database/src', path));
const { joinEmbeddedServer } = await library('embedded/index.js');
const { Agent, openDatabase } = await library('index.js');
const { baseDataSourceOptions } = await library('data-source-options.js');
const { runMigrations } = await library('migrations/run.js');

const { values } = parseArgs({
  options: {
    organizations: { type: 'string', default: '100' },
    rows: { type: 'string', default: '100000' },
    concurrency: { type: 'string', default: '1,16,64' },
    repetitions: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
  },
});
const POOL = 10;
const server = await joinEmbeddedServer({ home: join(root, '.plinth/bench') });
const { urls } = server;
await runMigrations(urls.owner);
const ids = await fill();
const closers = [];
const peers = await makePeers();

for (const concurrency of values.concurrency.split(',').map(Number)) {
  const rates = new Map(peers.map(({ name }) => [name, []]));
  for (const { run } of peers) await measure(run, concurrency, 0.3);
  for (let repetition = 0; repetition < Number(values.repetitions); repetition += 1) {
    for (const { name, run } of peers) rates.get(name).push(await measure(run, concurrency, Number(values.seconds)));
  }
  report(concurrency, rates);
}
for (const close of closers) await close();
await server.release();

async function fill() {
  const client = new pg.Client({ connectionString: urls.admin });
  await client.connect();
  const {
    rows: [{ count }],
  } = await client.query('select count(*) from app.agent');
  if (Number(count) !== Number(values.rows)) {
    console.log(`Filling ${values.rows} agents of ${values.organizations} organizations …`);
    await client.query('truncate app.organization, app.agent cascade');
    await client.query(
      `insert into app.organization (id, name, slug) select gen_random_uuid(), 'Bench ' || i, 'bench-' || i from generate_series(1, $1::int) i`,
      [values.organizations],
    );
    await client.query(
      `insert into app.agent (org_id, id, name, model, system_prompt)
       select o.id, gen_random_uuid(), 'Agent ' || n, 'model', repeat('x', 200)
       from (select id from app.organization) o, generate_series(1, $1::int) n`,
      [Math.floor(Number(values.rows) / Number(values.organizations))],
    );
    await client.query('vacuum analyze app.agent');
  }
  const { rows } = await client.query('select org_id, id from app.agent tablesample bernoulli (20) limit 5000');
  await client.end();
  return rows;
}

async function makePeers() {
  const admin = { connectionString: urls.admin, max: POOL };
  const pool = new pg.Pool(admin);
  closers.push(() => pool.end());
  const plain = await new DataSource({ ...baseDataSourceOptions(), url: urls.admin, poolSize: POOL }).initialize();
  const scoped = await new DataSource({ ...baseDataSourceOptions(), url: urls.login, poolSize: POOL }).initialize();
  const ours = await openDatabase({ urls, settings: { poolSize: POOL } });
  closers.push(
    () => plain.destroy(),
    () => scoped.destroy(),
    () => ours.close(),
  );
  const text = 'select * from app.agent where org_id = $1 and id = $2';
  const connections = new Map([...new Set(ids.map((row) => row.org_id))].map((org) => [org, ours.tenant(org)]));
  return [
    { name: 'pool.query, unscoped', run: async (row) => (await pool.query(text, [row.org_id, row.id])).rows },
    { name: 'pool.query named, unscoped', run: async (row) => (await pool.query({ name: 'read', text, values: [row.org_id, row.id] })).rows },
    { name: 'TypeORM, unscoped', run: async (row) => [await plain.getRepository(Agent).findOneBy({ orgId: row.org_id, id: row.id })] },
    { name: 'TypeORM, settings awaited', run: (row) => awaited(scoped, row) },
    { name: 'ours, raw', run: (row) => connections.get(row.org_id).query('select * from app.agent where org_id = :orgId and id = :id', { id: row.id }) },
    { name: 'ours, repository', run: async (row) => [await connections.get(row.org_id).repository(Agent).findById(row.id)] },
  ];
}

/** What most code does: each of BEGIN, entering, the query and COMMIT is a round trip of its own. */
async function awaited(source, row) {
  return source.transaction(async (manager) => {
    await manager.query('select app.enter_tenant($1, $2, null, $3, 30000, 5000, 30000)', [row.org_id, 'SYSTEM', 'bench']);
    return [await manager.getRepository(Agent).findOneBy({ orgId: row.org_id, id: row.id })];
  });
}

async function measure(run, concurrency, seconds) {
  const deadline = performance.now() + seconds * 1_000;
  let done = 0;
  const lane = async (seed) => {
    for (let i = seed; performance.now() < deadline; i += concurrency) {
      const row = ids[i % ids.length];
      const found = await run(row);
      if (found.length !== 1 || found[0]?.id !== row.id) throw new Error('A peer did not read the row it was asked for.');
      done += 1;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, (_, i) => lane(i)));
  return done / ((performance.now() - started) / 1_000);
}

function report(concurrency, rates) {
  const base = rates.get(peers[0].name);
  console.log(`\n${concurrency} at once`);
  for (const [name, figures] of rates) {
    const ratios = figures.map((figure, i) => figure / base[i]).sort((a, b) => a - b);
    console.log(
      `${name.padEnd(28)} ${Math.round(median(figures)).toString().padStart(7)}/s   ${median(ratios).toFixed(2)} (${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)})`,
    );
  }
}

function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
