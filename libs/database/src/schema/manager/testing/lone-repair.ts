import { SchemaManager } from '../schema-manager.js';

/** A process of its own that repairs and says what it waits for, so that a test can kill it there: `node lone-repair.js <owner's URL> <scratch URL>`. */
const [ownerUrl = '', scratchUrl = ''] = process.argv.slice(2);
const onProgress = (text: string): void => void process.stdout.write(`${text}\n`);
await new SchemaManager({ ownerUrl, scratchUrl, onProgress, lockTimeoutMs: 50, attempts: 10_000 }).fixSchema();
