/**
 * Time to ready of a first and of later starts, and memory after 1,000 requests. Needs an installed and built checkout.
 *
 *   node bench/startup.mjs [--rest 60] [--requests 1000] [--later 3]
 *
 * It uses a home folder of its own (removed afterwards) and ports of its own, so a running Plinth is not disturbed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setTimeout as rest } from 'node:timers/promises';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { rest: { type: 'string', default: '60' }, requests: { type: 'string', default: '1000' }, later: { type: 'string', default: '3' } },
});
const BARS = { first: 6_000, later: 3_000, api: 230, worker: 190 };
const PORT = 34_100 + (process.pid % 500) * 2;
const home = mkdtempSync(join(tmpdir(), 'plinth-bench-'));
chmodSync(home, 0o755);
const env = { ...process.env, PLINTH_HOME: home, PORT: String(PORT), WORKER_PORT: String(PORT + 1), NODE_ENV: 'development' };
let running;

try {
  row('first start to ready, ms', await timedStart(), BARS.first);
  for (let i = 0; i < Number(values.later); i += 1) {
    await stop();
    row('later start to ready, ms', await timedStart(), BARS.later);
  }
  await requests(Number(values.requests));
  await rest(Number(values.rest) * 1_000);
  row(`API RSS ${values.rest} s after ${values.requests} requests, MiB`, rssOf('apps/api/src/main.js'), BARS.api);
  row(`worker RSS ${values.rest} s after ${values.requests} requests, MiB`, rssOf('apps/worker/src/main.js'), BARS.worker);
} finally {
  await stop();
  rmSync(home, { recursive: true, force: true });
}

async function timedStart() {
  const started = performance.now();
  running = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [running.stdout, running.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  for (;;) {
    if (running.exitCode !== null) throw new Error(`The start ended with exit code ${running.exitCode}:\n${said}`);
    const ready = await Promise.all([PORT, PORT + 1].map(isReady));
    if (ready.every(Boolean)) return Math.round(performance.now() - started);
    await rest(20);
  }
}

async function isReady(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
  return answer?.status === 200;
}

async function stop() {
  if (running === undefined || running.exitCode !== null) return;
  const ended = new Promise((resolve) => running.once('exit', resolve));
  running.kill('SIGTERM');
  await ended;
}

async function requests(count) {
  const [{ email, password }] = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')).developmentUsers;
  const login = await fetch(`http://127.0.0.1:${PORT}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { accessToken } = await login.json();
  const paths = ['/v1/git-agents?limit=50', '/v1/agent-repositories', '/v1/me', '/health'];
  const answered = performance.now();
  for (let sent = 0; sent < count; sent += 10) {
    await Promise.all(
      Array.from({ length: Math.min(10, count - sent) }, async (_, i) => {
        const response = await fetch(`http://127.0.0.1:${PORT}${paths[(sent + i) % paths.length]}`, { headers: { authorization: `Bearer ${accessToken}` } });
        await response.arrayBuffer();
        if (response.status !== 200) throw new Error(`${paths[(sent + i) % paths.length]} answered ${response.status}.`);
      }),
    );
  }
  console.log(`${count} requests in ${Math.round(performance.now() - answered)} ms`);
}

/** Resident memory of the process of this run whose command line holds `script`, in MiB. */
function rssOf(script) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script)) continue;
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`PLINTH_HOME=${home}`)) continue;
      const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      return Math.round(Number(kib) / 1024);
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
    }
  }
  throw new Error(`No process of this run runs ${script}.`);
}

function row(name, figure, bar) {
  console.log(`${figure <= bar ? 'met   ' : 'MISSED'} ${name}: ${figure} (bar ${bar})`);
}
