import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { keyOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';

interface Row {
  readonly name: string;
  readonly kind: 'publication' | 'subscription';
  readonly owner: string;
  readonly tables: string[];
}

const READ = `
  select p.pubname as name, 'publication' as kind, pg_get_userbyid(p.pubowner) as owner, array_agg(t.tablename::text order by t.tablename) as tables
  from pg_catalog.pg_publication p
  join pg_catalog.pg_publication_tables t on t.pubname = p.pubname
  where t.schemaname = $1
  group by 1, 2, 3
  union all
  select s.subname, 'subscription', pg_get_userbyid(s.subowner), array_agg(c.relname::text order by c.relname)
  from pg_catalog.pg_subscription_rel r
  join pg_catalog.pg_subscription s on s.oid = r.srsubid
  join pg_catalog.pg_class c on c.oid = r.srrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1
  group by 1, 2, 3`;

/** Logical replication of our tables: rows that leave by a publication, or come by a subscription. Both pass row security by. */
export const publication: OwnFactKind = {
  name: 'publication',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map(({ name, kind, owner, tables }) => ({ key: keyOf(kind, name), kind, name, attributes: { owner, tables } }));
  },
  repairs: {
    'publication.extra': ({ fact }) => [{ sql: `DROP PUBLICATION ${escapeIdentifier(fact.name)}`, lock: 'SHARE UPDATE EXCLUSIVE', as: 'administrator' }],
  },
  findings: {
    'publication.missing': {
      code: 'PUBLICATION_MISSING',
      driftClass: 'data',
      severity: 'error',
      explain: 'What is subscribed to the publication gets no changes.',
    },
    'publication.extra': {
      code: 'PUBLICATION_EXTRA',
      driftClass: 'security',
      severity: 'info',
      explain: 'Rows of these tables leave by logical replication, of every tenant at once. It is right where somebody set it up; otherwise drop it.',
    },
    'publication.tables': {
      code: 'PUBLICATION_TABLES_CHANGED',
      driftClass: 'security',
      severity: 'warning',
      explain: 'Rows of other tables leave by logical replication than was decided.',
    },
    'publication.owner': {
      code: 'PUBLICATION_OWNER_CHANGED',
      driftClass: 'security',
      severity: 'info',
      explain: 'The owner says which tables the publication carries.',
    },
    'subscription.extra': {
      code: 'SUBSCRIPTION_EXTRA',
      driftClass: 'security',
      severity: 'warning',
      explain: 'Rows come into these tables from another server, past policies and triggers.',
    },
    'subscription.tables': {
      code: 'SUBSCRIPTION_TABLES_CHANGED',
      driftClass: 'security',
      severity: 'warning',
      explain: 'Rows come from another server into other tables than was decided.',
    },
  },
};
