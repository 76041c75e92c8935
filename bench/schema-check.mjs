/**
 * Time of `schema:check`: of this schema as a whole process (beside TypeORM's own `schema:log`, what a team would otherwise run), and of a
 * generated schema of many tables. Needs an installed and built checkout.
 *
 *   node bench/schema-check.mjs [--runs 7] [--tables 500]
 *
 * It uses a home folder of its own (removed afterwards), so a running Plinth is not disturbed.
 */
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' }, tables: { type: 'string', default: '500' } } });
const BARS = { check: 1_500, generated: 12_000 };
const home = mkdtempSync(join(tmpdir(), 'plinth-bench-'));
chmodSync(home, 0o755);
process.env.PLINTH_HOME = home;
const library = (path) => import(join(root, 'dist/libs/database/src', path));
const cli = join(root, 'dist/libs/database/src/cli/main.js');
const run = promisify(execFile);
const { joinEmbeddedServer } = await library('embedded/index.js');
const server = await joinEmbeddedServer({ name: 'bench' });

try {
  await run(process.execPath, [cli, 'db:init'], { cwd: root });
  const typeorm = [join(root, 'node_modules/typeorm/cli.js'), 'schema:log', '-d', join(root, 'dist/libs/database/src/data-source.js')];
  const [ours, theirs] = [[], []];
  for (let turn = 0; turn < Number(values.runs); turn += 1) {
    ours.push(await timed([cli, 'schema:check']));
    theirs.push(await timed(typeorm));
  }
  row('schema:check of this schema, whole process, ms', ours, BARS.check);
  row('TypeORM schema:log of the same (blind to checks, policies, grants, triggers), ms', theirs);
  await generated(Number(values.tables));
} finally {
  await server.release();
  rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
}

async function timed(args) {
  const started = performance.now();
  await run(process.execPath, args, { cwd: root });
  return performance.now() - started;
}

/** Class T tables as ours are: ten columns, a composite key, a check, three indexes, two references, three policies, grants, a trigger. */
function statementsOf(table) {
  const name = `app.generated_${table}`;
  return [
    `create table ${name} (org_id uuid not null default app.current_org_id(), id uuid not null, parent_id uuid, name varchar(255) not null, body text, state varchar(50) not null default 'A', size bigint not null default 0, tags text[] not null default '{}', created_at timestamptz not null default now(), updated_at timestamptz not null default now(), constraint pk_generated_${table} primary key (org_id, id), constraint ck_generated_${table}_state check (state = any (array['A', 'B']::text[])), constraint uq_generated_${table} unique (org_id, name))`,
    `create index ix_generated_${table}_state on ${name} (org_id, state)`,
    `create index ix_generated_${table}_parent on ${name} (org_id, parent_id)`,
    `alter table ${name} add constraint fk_generated_${table}_org foreign key (org_id) references app.organization (id) on delete cascade`,
    `alter table ${name} add constraint fk_generated_${table}_parent foreign key (org_id, parent_id) references ${name} (org_id, id)`,
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy owner_all on ${name} for all to app_owner using (true) with check (true)`,
    `create policy admin_all on ${name} for all to app_admin using (true) with check (true)`,
    `create policy tenant_isolation on ${name} for all to app_tenant using (org_id = app.current_org_id()) with check (org_id = app.current_org_id())`,
    `grant select, insert, delete, update (name, body, state, size, tags) on ${name} to app_tenant`,
    `grant select, insert, update, delete on ${name} to app_admin`,
    `create trigger touch_updated_at before update on ${name} for each row execute function app.touch_updated_at()`,
  ];
}

async function generated(tables) {
  const { migrations } = await library('migrations/index.js');
  const { SchemaManager } = await library('schema/index.js');
  const statements = Array.from({ length: tables }, (_, table) => statementsOf(table)).flat();
  class Generated1795900000000 {
    name = 'Generated1795900000000';
    async up(runner) {
      await runner.query(statements.join(';\n'));
    }
    async down() {}
  }
  const { default: pg } = await import('pg');
  const owner = new pg.Client({ connectionString: server.urls.owner });
  await owner.connect();
  await owner.query(statements.join(';\n'));
  await owner.query(`insert into app.migration (timestamp, name) values (1795900000000, 'Generated1795900000000')`);
  const whole = [...migrations, Generated1795900000000];
  const manager = () => new SchemaManager({ ownerUrl: server.urls.owner, scratchUrl: server.urls.admin, migrations: whole });
  const [cold, warm] = [[], []];
  for (let turn = 0; turn < 3; turn += 1) {
    // A list that differs by name only: what the migrations make is remembered by the process for each list.
    const fresh = new SchemaManager({ ownerUrl: server.urls.owner, scratchUrl: server.urls.admin, migrations: [...whole, noop(turn)] });
    cold.push(await looked(fresh, 'drift'));
    warm.push(await looked(manager(), 'same'));
  }
  row(`schema:check of ${tables + 46} tables, scratch database and all, ms`, cold, BARS.generated);
  row('the same again in one process (expected schema remembered), ms', warm);
  await owner.end();
}

function noop(turn) {
  return { [`Later179590000000${turn}`]: class {} }[`Later179590000000${turn}`];
}

async function looked(manager, outcome) {
  const started = performance.now();
  const report = await manager.validateSchema();
  if (report.outcome !== outcome) throw new Error(`Expected "${outcome}": ${JSON.stringify(report).slice(0, 500)}`);
  return performance.now() - started;
}

function row(what, times, bar) {
  const sorted = [...times].sort((a, b) => a - b).map(Math.round);
  const median = sorted[Math.floor(sorted.length / 2)];
  const verdict = bar === undefined ? '' : `, bar ${bar}: ${median <= bar ? 'met' : 'MISSED'}`;
  console.log(`${what}: median ${median} (${sorted[0]} to ${sorted.at(-1)})${verdict}`);
}
