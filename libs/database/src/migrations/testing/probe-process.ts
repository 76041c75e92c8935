import 'reflect-metadata';
import { MigrationDataSource } from '../migration-data-source.js';
import { PROBES, probeTarget } from './probes.js';

/* A process that runs the probes' migrations, or undoes one, for tests that kill it. Prints what it says, a line each, and at the end `ran <names>`. */
const source = new MigrationDataSource(process.env['PROBE_URL'] ?? '', { target: probeTarget(PROBES), say: (text) => process.stdout.write(`${text}\n`) });
await source.initialize();
if (process.env['PROBE_UNDO'] === undefined) {
  const ran = await source.runMigrations();
  process.stdout.write(`ran ${ran.map(({ name }) => name).join(' ')}\n`);
} else await source.undoLastMigration();
await source.destroy();
