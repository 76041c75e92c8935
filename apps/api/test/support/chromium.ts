import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { DevtoolsPipe } from './devtools-pipe.js';

/** Nothing here weakens what a page may do: its own policy has to hold. The sandbox asks for rights that a container does not give. */
const FLAGS = ['--headless', '--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--hide-scrollbars'];

/** A real Chromium with one page, from the folder that .ci/browser/unpack.mjs made. */
export class Chromium {
  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
    private readonly pipe: DevtoolsPipe,
    private readonly session: string,
  ) {}

  /** @throws Error where PLINTH_CHROMIUM names no unpacked Chromium */
  static async start(viewport: { readonly width: number; readonly height: number }): Promise<Chromium> {
    const folder = process.env['PLINTH_CHROMIUM'];
    if (folder === undefined) throw new Error('"PLINTH_CHROMIUM" is not set. Run these tests by .ci/steps/in-chromium.sh.');
    const profile = await mkdtemp(join(tmpdir(), 'plinth-chromium-'));
    const env = { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts'), HOME: profile };
    const size = `--window-size=${viewport.width},${viewport.height}`;
    const child = spawn(join(folder, 'chromium'), [...FLAGS, size, `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'], {
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    await once(child, 'spawn');
    const pipe = new DevtoolsPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
    const { targetId } = await pipe.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await pipe.send('Target.attachToTarget', { targetId, flatten: true });
    const browser = new Chromium(child, profile, pipe, String(sessionId));
    for (const domain of ['Page', 'Runtime', 'Network', 'Log', 'DOM']) await browser.#send(`${domain}.enable`);
    await browser.#send('Emulation.setDeviceMetricsOverride', { ...viewport, deviceScaleFactor: 1, mobile: false });
    return browser;
  }

  /** Opens a page and waits until it is loaded. */
  async open(url: string): Promise<void> {
    await this.#send('Page.navigate', { url });
    await this.until('document.readyState === "complete"');
  }

  /** The value of an expression in the page; promises are waited for. @throws Error with what the page threw */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(`In the page: ${JSON.stringify(exceptionDetails)}`);
    return (result as { readonly value: T }).value;
  }

  /** Waits for an expression to become true, looking once per frame. @throws Error after five seconds */
  async until(expression: string): Promise<void> {
    const deadline = Date.now() + 5_000;
    while (!(await this.evaluate<boolean>(`new Promise((seen) => requestAnimationFrame(() => seen(${expression})))`))) {
      if (Date.now() > deadline) throw new Error(`After five seconds this was still false: ${expression}`);
    }
  }

  /** Clicks into the middle of an element, as a mouse does. @throws Error where there is none in the viewport */
  async click(selector: string): Promise<void> {
    const place = await this.evaluate<{ x: number; y: number } | null>(
      `(() => { const b = document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect(); return b ? { x: b.x + b.width / 2, y: b.y + b.height / 2 } : null; })()`,
    );
    if (place === null) throw new Error(`There is no ${selector} to click.`);
    for (const type of ['mousePressed', 'mouseReleased']) await this.#send('Input.dispatchMouseEvent', { type, ...place, button: 'left', clickCount: 1 });
  }

  /** Presses a key: one character, or a name such as Escape. */
  async press(key: string): Promise<void> {
    const text = key.length === 1 ? { text: key } : {};
    await this.#send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...text });
    await this.#send('Input.dispatchKeyEvent', { type: 'keyUp', key });
  }

  /** Types into what has the focus. */
  async type(text: string): Promise<void> {
    for (const character of text) await this.press(character);
  }

  /** Whether the person's system is set to light or dark. */
  async prefer(scheme: 'light' | 'dark'): Promise<void> {
    await this.#send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  }

  /** Writes what the viewport shows as PNG. */
  async screenshot(path: string): Promise<void> {
    const { data } = await this.#send('Page.captureScreenshot', { format: 'png' });
    await writeFile(path, Buffer.from(String(data), 'base64'));
  }

  /** The URLs that the page asked for, data: URLs aside. */
  requests(): string[] {
    const sent = this.pipe.events.filter(({ method }) => method === 'Network.requestWillBeSent');
    return sent.map(({ params }) => (params['request'] as { readonly url: string }).url).filter((url) => !url.startsWith('data:'));
  }

  /** What the page wrote on its console, threw, or was refused by its policy. */
  complaints(): string[] {
    const loud = new Set(['Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Log.entryAdded']);
    return this.pipe.events.filter(({ method }) => loud.has(method)).map(({ params }) => JSON.stringify(params));
  }

  /** Ends it and removes its profile. */
  async close(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
    await rm(this.profile, { recursive: true, force: true });
  }

  #send(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    return this.pipe.send(method, params, this.session);
  }
}
