import { proveKind } from './testing/prove-kind.js';
import { publication } from './publication.js';

proveKind(publication, [
  {
    name: 'sees publications that carry tables of the schema, one by one or all, and drops them',
    breaks: ['create publication own_some for table app.run', 'create publication own_all for all tables', 'create publication own_none'],
    finds: ['publication.extra publication:own_some', 'publication.extra publication:own_all'],
  },
  {
    name: 'sees a subscription that writes into the schema',
    breaks: [
      `create subscription own_sub connection 'host=nowhere dbname=none' publication p with (connect = false, enabled = false, slot_name = none)`,
      `insert into pg_catalog.pg_subscription_rel select oid, 'app.run'::regclass, 'i' from pg_catalog.pg_subscription where subname = 'own_sub'`,
    ],
    finds: ['subscription.extra subscription:own_sub'],
    byHand: ['drop subscription own_sub'],
  },
]);
