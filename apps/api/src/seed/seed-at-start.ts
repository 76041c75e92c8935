import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { createLogger, environmentKind } from '#database';
import { joinEmbeddedServer } from '#database/embedded';
import { DevelopmentSeed } from './development-seed.js';

const DEMO_ADDRESS = 'demo@example.com';
const logger = createLogger('seed');

/**
 * Runs the development seed where development rules hold, and nowhere else. A seed that fails (no `git`, a full disk) is
 * reported and does not keep the API from starting.
 */
export async function seedAtStart(app: INestApplicationContext, { embedded }: { readonly embedded: boolean }): Promise<void> {
  if (environmentKind() !== 'development') return;
  try {
    const root = checkout();
    const { user, home, isNewPassword } = embedded
      ? await embeddedUser()
      : {
          user: { email: DEMO_ADDRESS, password: randomBytes(18).toString('base64url') },
          home: resolve(root, process.env['PLINTH_HOME'] ?? '.plinth'),
          isNewPassword: true,
        };
    const seeded = await app.get(DevelopmentSeed).run({ user, home, examples: join(root, 'examples') });
    // Only a password that is written nowhere else is shown, and only on the one start that made it.
    if (seeded?.made === true && isNewPassword) logger.info(`Development login: ${user.email} with the password ${user.password}`);
  } catch (error) {
    logger.warn({ err: error }, 'The development data could not be made; the API starts without it');
  }
}

/** The person whose random password the embedded server keeps. Joining a running server again costs a few milliseconds. */
async function embeddedUser(): Promise<{ user: { email: string; password: string }; home: string; isNewPassword: false }> {
  const server = await joinEmbeddedServer({ name: 'seed' });
  try {
    const [user = { email: DEMO_ADDRESS, password: randomBytes(18).toString('base64url') }] = server.secrets.developmentUsers;
    return { user, home: server.home, isNewPassword: false };
  } finally {
    await server.release();
  }
}

/** The folder of the checkout: the nearest one upwards with a package.json, from the sources and from dist alike. */
function checkout(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
