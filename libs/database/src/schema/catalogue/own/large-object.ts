import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';

const READ = `
  select pg_get_userbyid(lomowner) as owner, bool_or(lomacl is not null) as granted
  from pg_catalog.pg_largeobject_metadata
  group by 1`;

/** Large objects know no tenant, and nothing of ours makes any. One fact for each owner of some. */
export const largeObject: OwnFactKind = {
  name: 'large-object',
  read: async (client) => {
    const { rows } = await client.query<{ owner: string; granted: boolean }>(READ);
    return rows.map(({ owner, granted }) => ({ key: keyOf('large-object', owner), kind: 'large-object', name: `of ${owner}`, attributes: { owner, granted } }));
  },
  expected: () => [],
  repairs: {},
  findings: {
    'large-object.extra': {
      code: 'LARGE_OBJECTS_PRESENT',
      driftClass: 'security',
      severity: 'info',
      explain:
        'No service stores large objects, and no policy guards them. Look what they hold (select loid from pg_largeobject_metadata), and lo_unlink what nobody needs.',
    },
  },
};
