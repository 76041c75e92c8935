import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readable } from './log-lines.mjs';
import { cyan, root, say, Stop } from './say.mjs';

/** The worker bounds its own draining (QUEUE_DRAIN_TIMEOUT_MS and some seconds); this is for a service that hangs. */
const STOP_WITHIN_MS = 60_000;
const READY_WITHIN_MS = 120_000;
const IMPATIENT_AFTER_MS = 10_000;
const LINES_KEPT = 40;
const followParent = new URL('follow-parent.mjs', import.meta.url).href;

/** The services of the checkout: the variable that says where each listens, and where they listen without it. */
export const SERVICES = [
  { name: 'api', portVariable: 'PORT', hostVariable: 'HOST', defaultPort: 3000 },
  { name: 'worker', portVariable: 'WORKER_PORT', hostVariable: 'WORKER_HOST', defaultPort: 3001 },
];

/** The address of a service as this machine reaches it. A port of 0 is settled here, so that everybody knows it. */
export async function addressOf(service) {
  const text = process.env[service.portVariable] || String(service.defaultPort);
  const wanted = Number(text);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
    throw new Stop(`${service.portVariable} is "${text}", which is no port: it takes a whole number from 0 (any free one) to 65535.`);
  }
  const listen = process.env[service.hostVariable] || '127.0.0.1';
  const port = await tryPort(wanted, listen, service);
  const host = listen === '0.0.0.0' || listen === '::' ? '127.0.0.1' : listen;
  return { port, host, url: `http://${host.includes(':') ? `[${host}]` : host}:${port}` };
}

/** The sentence for a port that somebody else listens on. */
export function portTaken(service, port) {
  return `Port ${port} is taken, so the ${service.name} cannot listen there. Stop what uses it, or set ${service.portVariable} to another (for example ${service.portVariable}=${port + 100} npm start).`;
}

async function tryPort(port, host, service) {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error.code === 'EADDRINUSE') throw new Stop(portTaken(service, port));
    if (error.code === 'EACCES') throw new Stop(`This user may not listen on port ${port}. Set ${service.portVariable} to one above 1023.`);
    throw new Stop(`The ${service.name} cannot listen on "${host}" (${error.code}). Set ${service.hostVariable} to an address of this machine.`);
  }
  const settled = server.address().port;
  server.close();
  await once(server, 'close');
  return settled;
}

/** One running service: its output goes to the terminal line by line, and it is known when and how it ends. */
export class RunningService {
  #child;
  #lines = [];
  #held = [];
  #stopping = false;

  constructor(service, address) {
    this.service = service;
    this.address = address;
    // A process group of its own: Ctrl-C reaches it through us only, once, in our order.
    this.#child = spawn(process.execPath, ['--import', followParent, join(root, 'dist', 'apps', service.name, 'src', 'main.js')], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, [service.portVariable]: String(address.port) },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) createInterface({ input: stream }).on('line', (line) => this.#line(line));
    this.ended = new Promise((resolve) => this.#child.once('close', (code, signal) => resolve(code === null ? signal : code)));
    this.alive = true;
    this.ended.then(() => {
      this.alive = false;
    });
  }

  get pid() {
    return this.#child.pid;
  }

  /** Shows what was said so far, but for what we told already, and everything from now on. Until then lines are held back. */
  show(told) {
    const held = this.#held || [];
    this.#held = undefined;
    for (const line of held) if (!told.some((text) => line.includes(JSON.stringify(text)))) this.#print(line);
  }

  #line(line) {
    this.#lines = [...this.#lines.slice(1 - LINES_KEPT), line];
    if (this.#held) this.#held.push(line);
    else this.#print(line);
  }

  #print(line) {
    process.stdout.write(`${cyan(this.service.name.padEnd(6))} | ${readable(line)}\n`);
  }

  /** Waits until `/health/ready` answers 200. Ends early, and answers false, where the service does. */
  async ready() {
    const deadline = Date.now() + READY_WITHIN_MS;
    let tellAt = Date.now() + IMPATIENT_AFTER_MS;
    while (this.alive && !this.#stopping) {
      const status = await statusOf(`${this.address.url}/health/ready`);
      if (status === 200) return true;
      if (Date.now() > tellAt) {
        tellAt = deadline;
        say(`Still waiting for the ${this.service.name}: ${this.address.url}/health/ready answers ${status === undefined ? 'nothing yet' : status}`);
      }
      if (Date.now() > deadline)
        throw new Stop(`The ${this.service.name} did not become ready within ${READY_WITHIN_MS / 1000} s; ${this.address.url}/health says why.`);
      await pause(25);
    }
    return false;
  }

  /** Why the service ended by itself, as a sentence. */
  explainEnd(outcome) {
    if (this.#lines.some((line) => line.includes('"code":"PORT_UNAVAILABLE"'))) return portTaken(this.service, this.address.port);
    return `The ${this.service.name} ended by itself (${typeof outcome === 'number' ? `exit code ${outcome}` : outcome}); its last lines are above.`;
  }

  /** Ends it at once; its jobs run again elsewhere when their leases end. */
  kill() {
    if (this.alive) this.#child.kill('SIGKILL');
  }

  async stop() {
    this.#stopping = true;
    if (!this.alive) return;
    this.#child.kill('SIGTERM');
    const bound = setTimeout(() => {
      say(`The ${this.service.name} did not stop within ${STOP_WITHIN_MS / 1000} s: killing it`);
      this.#child.kill('SIGKILL');
    }, STOP_WITHIN_MS);
    await this.ended;
    clearTimeout(bound);
  }
}

/** The status of an answer, or undefined where there was none. */
function statusOf(url) {
  return new Promise((resolve) => {
    const call = request(url, { timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(undefined));
    call.end();
  });
}
