/** `npm run build`: installs if needed, then compiles apps and libraries into dist, and removes what is old there. `--force` builds even if nothing changed. */
import { buildIfStale } from './lib/build.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { checkNode } from './lib/requirements.mjs';
import { main, say } from './lib/say.mjs';
import { alone } from './lib/set-up.mjs';

await main(async () => {
  checkNode();
  await alone(async () => {
    await installIfNeeded();
    const built = await buildIfStale({ force: process.argv.includes('--force') });
    if (!built) say('dist is up to date (npm run build -- --force builds it all the same)');
  });
});
