import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EmbeddedSecrets } from '#database/embedded';

const root = process.cwd();
/** Two processes load a whole application each, twice, next to the other tests. */
const TIMEOUT_MS = 150_000;

/** The real command on a home of its own, as a person starts it. */
class Start {
  output = '';
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(home: string, variables: Readonly<Record<string, string>> = {}) {
    const own = /^(DATABASE_|PLINTH_|JEST_|NODE_ENV|PORT|WORKER_PORT|NO_COLOR|FORCE_COLOR)/;
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
    const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
      cwd: root,
      env: { ...environment, PLINTH_HOME: home, PORT: '0', WORKER_PORT: '0', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    this.#child = child;
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  stop(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal);
    return this.ended;
  }

  /** The groups of `pattern` in what was said, as soon as it is there. */
  async said(pattern: RegExp): Promise<readonly string[]> {
    let over = false;
    void this.ended.then(() => {
      over = true;
    });
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(20)) {
      const match = pattern.exec(this.output);
      if (match) return match.slice(1);
      if (over) break;
    }
    throw new Error(`npm start did not say ${String(pattern)}, but:\n${this.output}`);
  }

  async api(): Promise<string> {
    const [url] = await this.said(/API +(http:\/\/127\.0\.0\.1:\d+)\/v1/);
    return url ?? '';
  }
}

describe('npm start', () => {
  let folder: string;
  let home: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-start-'));
    await chmod(folder, 0o711);
    home = join(folder, 'home');
  });
  afterAll(async () => rm(folder, { recursive: true, force: true }));

  it(
    'brings everything up, says where it is, and Ctrl-C takes everything down, PostgreSQL too',
    async () => {
      const start = new Start(home);
      const api = await start.api();
      expect((await fetch(`${api}/health/ready`)).status).toBe(200);
      const [worker] = await start.said(/worker: (\S+)\/health/);
      expect((await fetch(`${worker}/health/ready`)).status).toBe(200);
      const [email, password] = await start.said(/Development login +(\S+) +password: (\S+)/);
      const secrets = JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8')) as EmbeddedSecrets;
      expect(secrets.developmentUsers).toEqual([{ email, password }]);
      expect(await start.stop('SIGINT')).toBe(0);
      expect(start.output).toContain('Stopped, PostgreSQL too.');
      expect(existsSync(join(home, 'supervisor.lock'))).toBe(false);
      await expect(fetch(`${api}/health/live`)).rejects.toThrow('fetch failed');
    },
    TIMEOUT_MS,
  );

  it(
    'stops everything and says why when a port is taken',
    async () => {
      const squatter = createServer().listen(0, '127.0.0.1');
      await once(squatter, 'listening');
      const start = new Start(home, { PORT: String(portOf(squatter)) });
      expect(await start.ended).toBe(1);
      expect(start.output).toMatch(/^Port \d+ is taken, so the api cannot listen there\. Stop what uses it, or set PORT to another/m);
      squatter.close();
    },
    TIMEOUT_MS,
  );

  it(
    'leaves nothing on its ports when it is killed, and the next start finds the data',
    async () => {
      const killed = new Start(home);
      const api = await killed.api();
      await killed.stop('SIGKILL');
      for (
        const deadline = Date.now() + 10_000;
        Date.now() < deadline &&
        (await fetch(`${api}/health/live`).then(
          () => true,
          () => false,
        ));
      )
        await pause(50);
      const next = new Start(home, { PORT: new URL(api).port });
      expect(await next.api()).toBe(api);
      expect(next.output).not.toContain('Ran the migration');
      expect(await next.stop('SIGTERM')).toBe(0);
    },
    TIMEOUT_MS,
  );
});

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}
