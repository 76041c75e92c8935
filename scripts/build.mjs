/** `npm run build`: installs if needed, then compiles apps and libraries into an empty dist. `--force` builds even if nothing changed. */
import { buildClean } from './lib/build.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { checkNode } from './lib/requirements.mjs';
import { main } from './lib/say.mjs';
import { alone } from './lib/set-up.mjs';

await main(async () => {
  checkNode();
  await alone(async () => {
    await installIfNeeded();
    await buildClean(process.argv.includes('--force'));
  });
});
