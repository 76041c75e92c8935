/** The second half of `npm run openapi`: the types of libs/client from docs/openapi.json. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { main, root } from '../lib/say.mjs';
import { clientTypes } from './client-types.mjs';

const file = join(root, 'libs', 'client', 'src', 'schema.generated.ts');

await main(async () => {
  const document = JSON.parse(await readFile(join(root, 'docs', 'openapi.json'), 'utf8'));
  await writeFile(file, await format(clientTypes(document), { ...(await resolveConfig(file)), parser: 'typescript' }));
});
