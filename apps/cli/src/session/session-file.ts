import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tokens } from '#client';
import { UsageError } from '../errors.js';
import { plinthHome } from './plinth-home.js';

/** Who is signed in, and where. */
export interface StoredSession extends Tokens {
  readonly url: string;
  readonly email: string;
}

const FIELDS = ['url', 'email', 'accessToken', 'refreshToken'] as const;

/** The session of this installation, in `session.json` of its folder, which only its owner can read. */
export class SessionFile {
  readonly #path: string;

  constructor(env: NodeJS.ProcessEnv) {
    this.#path = join(plinthHome(env), 'session.json');
  }

  /** @returns undefined where nobody is signed in. @throws UsageError where the file is none of ours */
  async read(): Promise<StoredSession | undefined> {
    const text = await readFile(this.#path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    return text === undefined ? undefined : this.#parsed(text);
  }

  /** Replaces it whole: whoever reads it meanwhile finds the old one or the new one. */
  async write(session: StoredSession): Promise<void> {
    const next = `${this.#path}.${randomUUID()}`;
    await mkdir(join(this.#path, '..'), { recursive: true });
    await writeFile(next, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(next, this.#path);
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  #parsed(text: string): StoredSession {
    const unreadable = new UsageError('SESSION_UNREADABLE', `"${this.#path}" is no session. Sign in again: npm run plinth -- login`);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw unreadable;
    }
    if (!isSession(value)) throw unreadable;
    return value;
  }
}

function isSession(value: unknown): value is StoredSession {
  return typeof value === 'object' && value !== null && FIELDS.every((field) => typeof Reflect.get(value, field) === 'string');
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
