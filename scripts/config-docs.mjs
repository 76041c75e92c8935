// Writes .env.example and docs/configuration.md from the configuration classes. Needs a build; with --check it only compares.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { renderConfigurationDocs, renderEnvExample } = await import('../dist/libs/database/src/config/render.js');
const check = process.argv.includes('--check');

for (const [path, text] of [
  ['.env.example', renderEnvExample()],
  ['docs/configuration.md', renderConfigurationDocs()],
]) {
  const file = join(root, path);
  if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
  if (check) {
    process.exitCode = 1;
    console.error(`${path} is not current. Run: npm run build && npm run config:docs`);
  } else {
    await writeFile(file, text);
    console.log(`${path} written`);
  }
}
