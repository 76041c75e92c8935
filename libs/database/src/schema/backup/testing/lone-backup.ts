import { Client } from 'pg';
import { verifiedArchive } from '../archive/open-archive.js';
import { backUp } from '../back-up.js';
import { restore } from '../restore/restore.js';

/**
 * A process of its own that backs up to, or restores from, a folder and stops for ever after some tables, so that a test can kill it
 * in the middle of its work: `node lone-backup.js backup|restore <owner's URL> <folder> <tables>`.
 */
const [what, url, folder = '', tables = '1'] = process.argv.slice(2);
let left = Number(tables);

/** Blocks the whole process: nothing of it goes on behind the test's back. */
function stopForEver(): void {
  left -= 1;
  if (left > 0) return;
  process.stdout.write('in the middle\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const client = new Client({ connectionString: url });
await client.connect();
if (what === 'restore') await restore(client, { archive: await verifiedArchive(folder), onTable: stopForEver });
else await backUp(client, { to: folder, build: '0', onTable: stopForEver });
await client.end();
