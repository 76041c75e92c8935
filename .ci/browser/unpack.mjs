/** Unpacks the packaged Chromium, with the libraries and fonts that come with it, and prints the folder they lie in. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';

const folder = join(import.meta.dirname, 'node_modules', '.chromium');
mkdirSync(folder, { recursive: true });
// The package unpacks into the temporary folder, and its libraries only where it believes to be on the platform they are for.
process.env.TMPDIR = folder;
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
await chromium.executablePath();
process.stdout.write(`${folder}\n`);
