import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { SecretsUnusableError, explainSystemError, systemCodeOf } from './errors.js';
import type { EmbeddedHome } from './home.js';

/** The logins the embedded server makes, besides the superuser that only administers it. */
export const EMBEDDED_LOGINS = ['app_login', 'app_privileged', 'app_queue', 'app_owner'] as const;
export type EmbeddedLogin = (typeof EMBEDDED_LOGINS)[number];
export const EMBEDDED_SUPERUSER = 'plinth_admin';

/** A person who can sign in to the development installation; the password is random per installation. */
export interface DevelopmentUser {
  readonly email: string;
  readonly password: string;
}

/** What is random about one installation. Made once, before the first start, and never changed afterwards. */
export interface EmbeddedSecrets {
  readonly passwords: Readonly<Record<EmbeddedLogin | typeof EMBEDDED_SUPERUSER, string>>;
  /** `kid:base64`, as JWT_KEYS wants it; 32 bytes. */
  readonly jwtKeys: string;
  /** `id:base64`, as ENCRYPTION_KEYS wants it; 32 bytes. */
  readonly encryptionKeys: string;
  readonly healthToken: string;
  readonly developmentUsers: readonly DevelopmentUser[];
}

/**
 * The installation's secrets, or undefined where there are none yet.
 * @throws SecretsUnusableError where the file exists and is not whole
 */
export async function readSecrets(home: EmbeddedHome): Promise<EmbeddedSecrets | undefined> {
  let text: string;
  try {
    text = await readFile(home.secretsFile, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw explainSystemError(error, home.secretsFile);
  }
  const secrets = parse(text);
  if (secrets) return secrets;
  throw new SecretsUnusableError(
    `The file "${home.secretsFile}" is not what Plinth wrote. Put back a copy, or start over with "npm run db:reset -- --yes", which deletes the development data.`,
    { fields: { path: home.secretsFile } },
  );
}

/** Makes the secrets and writes them, readable by this user alone. Called once, by the supervisor, while it holds the lock. */
export async function makeSecrets(home: EmbeddedHome): Promise<EmbeddedSecrets> {
  const secrets: EmbeddedSecrets = {
    passwords: {
      plinth_admin: password(),
      app_login: password(),
      app_privileged: password(),
      app_queue: password(),
      app_owner: password(),
    },
    jwtKeys: keyRing(),
    encryptionKeys: keyRing(),
    healthToken: password(),
    developmentUsers: [{ email: 'demo@example.com', password: password() }],
  };
  await writePrivately(home.secretsFile, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/** Replaces a file in one step, mode 0600: a reader sees the old content or the new, never half of it. */
export async function writePrivately(path: string, content: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFile(partial, content, { mode: 0o600 });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw explainSystemError(error, path);
  }
}

/** 24 random bytes as text that needs no escaping in a URL or a shell. */
function password(): string {
  return randomBytes(24).toString('base64url');
}

function keyRing(): string {
  return `k${randomBytes(3).toString('hex')}:${randomBytes(32).toString('base64')}`;
}

function parse(text: string): EmbeddedSecrets | undefined {
  try {
    const value = JSON.parse(text) as EmbeddedSecrets;
    return typeof value.passwords.plinth_admin === 'string' && typeof value.jwtKeys === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
