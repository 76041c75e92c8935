import { SCHEMA } from '../../../migrations/journal.js';
import { keyOf, objectOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { whenChanged } from './repair.js';

const READ = `
  select c.relname as view, c.relispopulated as populated
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind = 'm'`;

/** Whether a materialized view can be read: WITH NO DATA leaves one that fails. */
export const materializedView: OwnFactKind = {
  name: 'materialized-view',
  read: async (client) => {
    const { rows } = await client.query<{ view: string; populated: boolean }>(READ, [SCHEMA]);
    return rows.map(({ view, populated }) => ({
      key: keyOf('materializedView', SCHEMA, view),
      kind: 'materializedView',
      name: `${SCHEMA}.${view}`,
      parent: keyOf('schema', SCHEMA),
      attributes: { populated },
    }));
  },
  repairs: {
    'materializedView.populated': whenChanged(({ fact, expected }) => [
      { sql: `REFRESH MATERIALIZED VIEW ${objectOf(fact)}${expected === true ? '' : ' WITH NO DATA'}`, lock: 'ACCESS EXCLUSIVE', rewrite: true },
    ]),
  },
  findings: {
    'materializedView.populated': {
      code: 'MATERIALIZED_VIEW_NOT_POPULATED',
      driftClass: 'data',
      severity: 'error',
      explain: 'A materialized view without data cannot be read: whatever selects from it fails until it is refreshed.',
    },
  },
};
