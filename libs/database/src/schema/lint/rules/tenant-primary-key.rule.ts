import { secured, tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const tenantPrimaryKey = catalogueRule({
  id: 'tenant-primary-key',
  title: 'The primary key of a class T table is led by org_id, and is (org_id, id) where there is an id',
  why: 'It keeps an organization’s rows together in the index, it is the target of every reference inside the organization, and a sharded PostgreSQL refuses to distribute a table whose primary key lacks the column it shards by (Citus 13.2).',
  mend: 'constraint pk_<table> primary key (org_id, id)',
  severity: 'error',
  red: {
    sql: `create table app.memo (
  org_id uuid not null default app.current_org_id(),
  id uuid not null,
  title varchar(255) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint pk_memo primary key (id)
);
alter table app.memo add constraint fk_memo_org_id foreign key (org_id) references app.organization (id) on delete cascade;
${secured('memo')}`,
  },
  green: { sql: tenantTable('memo') },
  check: ({ tenantTables }) =>
    tenantTables.flatMap(({ name, columns, indexes }) => {
      const key = indexes.find(({ primary }) => primary)?.columns ?? [];
      const right = columns.some((column) => column.name === 'id') ? key.join() === 'org_id,id' : key[0] === 'org_id';
      return right ? [] : [{ object: `table ${name}`, table: name, says: `The primary key of "${name}" is (${key.join(', ')}), not (org_id, id).` }];
    }),
});
