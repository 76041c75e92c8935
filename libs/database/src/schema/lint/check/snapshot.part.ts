import { catalogueOfMigrations } from '../../expected/from-migrations.js';
import { isSnapshotCurrent } from '../../expected/snapshot/load-snapshot.js';
import { nameOf } from '../record/record-migration.js';
import { partFinding, type CheckPart } from './part.js';

/** The committed snapshot is what the migrations make on this server. */
export const snapshotPart: CheckPart = {
  name: 'snapshot',
  asks: 'Is the committed snapshot what the migrations make on this server?',
  async run({ server, chosen }) {
    const newest = [...chosen.old, ...chosen.fresh].at(-1);
    const head = newest === undefined ? '' : nameOf(newest);
    const catalogue = await catalogueOfMigrations(server);
    const says = `libs/database/schema-snapshot.jsonl is not what the migrations up to ${head} make on PostgreSQL ${catalogue.major}.`;
    return {
      lookedAt: `the snapshot of PostgreSQL ${catalogue.major}`,
      findings: (await isSnapshotCurrent(head, catalogue))
        ? []
        : [partFinding('snapshot', 'schema-snapshot.jsonl', says, 'npm run schema:snapshot writes it; look at the difference and commit it.')],
    };
  },
};
