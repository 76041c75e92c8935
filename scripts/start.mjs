/**
 * `npm start`: everything from a fresh clone to a running API and worker, and back down again on Ctrl-C.
 * Nothing but Node's own modules is loaded before the packages are installed.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { holdEmbeddedServer, usesEmbedded } from './lib/embedded.mjs';
import { bold, dim, duration, green, main, red, root, say } from './lib/say.mjs';
import { addressOf, RunningService, SERVICES } from './lib/services.mjs';
import { setUp } from './lib/set-up.mjs';

const services = [];
/** npm passes Ctrl-C on to us, who already had it from the terminal: what comes this soon is the same one. */
const SAME_SIGNAL_MS = 1_000;
let firstSignal = Infinity;
const interrupted = new Promise((resolve) => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      if (firstSignal === Infinity) firstSignal = Date.now();
      resolve(name);
      if (Date.now() - firstSignal > SAME_SIGNAL_MS) for (const service of services) service.kill();
    });
  }
});

await main(async () => {
  await setUp();
  if (firstSignal !== Infinity) return;
  const envFile = join(root, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const addresses = [];
  for (const service of SERVICES) addresses.push(await addressOf(service));
  await run(addresses);
});

async function run(addresses) {
  const started = Date.now();
  services.push(...SERVICES.map((service, index) => new RunningService(service, addresses[index])));
  const told = [];
  let server;
  try {
    if (usesEmbedded())
      server = await Promise.race([
        holdEmbeddedServer((text) => {
          say(text);
          told.push(text);
        }),
        interrupted.then(() => undefined),
      ]);
    for (const service of services) service.show(told);
    const ended = Promise.race(services.map((service) => service.ended.then((outcome) => ({ service, outcome }))));
    const ready = Promise.all(services.map((service) => service.ready())).then((all) => (all.every(Boolean) ? { ready: true } : ended));
    let event = await Promise.race([ready, ended, interrupted]);
    if (event.ready) {
      tell(server, Date.now() - started);
      event = await Promise.race([ended, interrupted]);
    }
    if (event.service) {
      say(red(event.service.explainEnd(event.outcome)));
      process.exitCode = 1;
    }
  } finally {
    await stopAll(server);
  }
}

function tell(server, milliseconds) {
  const [api, worker] = services;
  const rows = [
    ['API', `${api.address.url}/v1`],
    ['API documentation', `${api.address.url}/docs`],
    ['Health', `${api.address.url}/health   worker: ${worker.address.url}/health`],
  ];
  if (server) {
    rows.push(['Database', `PostgreSQL ${server.facts.major} in ${server.folder}, port ${server.facts.port}   (npm run db:url)`]);
    for (const user of server.developmentUsers()) rows.push(['Development login', `${user.email}   password: ${user.password}`]);
  }
  say(`\n${green(bold(`Plinth is ready, ${duration(milliseconds)} after the build.`))}`);
  for (const [name, value] of rows) say(`  ${name.padEnd(18)} ${value}`);
  say(dim('  Ctrl-C stops everything; the data stays.\n'));
}

async function stopAll(server) {
  const running = services.filter((service) => service.alive);
  if (running.length > 0) say(dim(`Stopping ${running.map((service) => service.service.name).join(' and ')}; a second Ctrl-C kills`));
  await Promise.all(services.map((service) => service.stop()));
  if (!server) return;
  const gone = await server.stop();
  say(dim(gone ? 'Stopped, PostgreSQL too.' : 'Stopped. PostgreSQL goes on: another process of this checkout uses it (npm run db:stop).'));
}
