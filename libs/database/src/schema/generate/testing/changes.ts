import { Check, Column, Index, Unique } from 'typeorm';
import { OneOf } from '../../../entities/declare/columns.js';
import { FromOrgTo } from '../../../entities/declare/references.js';
import { SqlIndex } from '../../../entities/declare/sql-index.js';
import { Tenancy } from '../../../entities/declare/tenancy.js';
import { RaisesVersion } from '../../../entities/declare/triggers.js';
import { User } from '../../../entities/identity/user.entity.js';
import type { GenerateOptions } from '../generate-migration.js';
import type { GadgetParts } from './gadget.js';

/** A change of the entity, and what is written for it. */
export interface Change {
  readonly what: string;
  readonly after: GadgetParts;
  readonly options?: Pick<GenerateOptions, 'renames' | 'allowLoss' | 'fills'>;
  /** The statements of `up` in their order, without quotation marks and schema. */
  readonly up: readonly string[];
  /** Of each migration: whether it is one transaction. */
  readonly transactional: readonly boolean[];
  /** What the text says, among others. */
  readonly says?: string;
}

const title = (length: number): PropertyDecorator => Column({ type: 'varchar', length, comment: 'What people call it.' });
const state = (...values: string[]): PropertyDecorator => OneOf(values, { default: 'OPEN' });
const openOnly = "org_id = app.current_org_id() and state = 'OPEN'";

/** Each alone, on a table that is in use. */
export const CHANGES: readonly Change[] = [
  {
    what: 'a shorter text, which PostgreSQL refuses where a value does not fit',
    after: { properties: { title: title(50) } },
    up: [
      'ALTER TABLE gadget ADD CONSTRAINT gadget_title_fits__new CHECK (pg_catalog.length(title) <= 50) NOT VALID',
      'ALTER TABLE gadget VALIDATE CONSTRAINT gadget_title_fits__new',
      'ALTER TABLE gadget ALTER COLUMN title TYPE character varying(50)',
      'ALTER TABLE gadget DROP CONSTRAINT gadget_title_fits__new',
    ],
    transactional: [false, true],
    says: 'locks gadget: ACCESS EXCLUSIVE; WRITES EVERY ROW',
  },
  {
    what: 'columns that may be null or have a default, with their grants, another default and a longer text',
    after: {
      properties: {
        note: Column({ type: 'text', nullable: true }),
        amount: Column({ type: 'integer', default: 5 }),
        size: Column({ type: 'integer', default: 2 }),
        title: title(200),
      },
    },
    up: [
      'ALTER TABLE gadget ADD COLUMN note text',
      'ALTER TABLE gadget ADD COLUMN amount integer NOT NULL DEFAULT 5',
      'ALTER TABLE gadget ALTER COLUMN title TYPE character varying(200)',
      'ALTER TABLE gadget ALTER COLUMN size SET DEFAULT 2',
      'GRANT UPDATE (amount, note) ON TABLE gadget TO app_admin',
      'GRANT UPDATE (amount, note) ON TABLE gadget TO app_tenant',
    ],
    transactional: [true],
  },
  {
    what: 'a column that needs a value, with one for the rows that exist',
    after: { properties: { kind: Column({ type: 'varchar', length: 50 }) } },
    options: { fills: [{ table: 'gadget', column: 'kind', value: "'PLAIN'" }] },
    up: [
      "ALTER TABLE gadget ADD COLUMN kind character varying(50) NOT NULL DEFAULT 'PLAIN'",
      'ALTER TABLE gadget ALTER COLUMN kind DROP DEFAULT',
      'GRANT UPDATE (kind) ON TABLE gadget TO app_admin',
      'GRANT UPDATE (kind) ON TABLE gadget TO app_tenant',
    ],
    transactional: [true],
  },
  {
    what: 'a column that needs a value, computed for the rows that exist',
    after: { properties: { kind: Column({ type: 'varchar', length: 200 }) } },
    options: { fills: [{ table: 'gadget', column: 'kind', value: "title || '!'" }] },
    up: [
      'ALTER TABLE gadget ADD COLUMN kind character varying(200)',
      'ALTER TABLE gadget ADD CONSTRAINT gadget_kind_filled CHECK (kind IS NOT NULL) NOT VALID',
      "UPDATE gadget SET kind = title || '!' WHERE ctid = ANY (ARRAY(SELECT ctid FROM gadget WHERE kind IS NULL AND (title || '!') IS NOT NULL LIMIT 5000))",
      'ALTER TABLE gadget VALIDATE CONSTRAINT gadget_kind_filled',
      'ALTER TABLE gadget ALTER COLUMN kind SET NOT NULL',
      'ALTER TABLE gadget DROP CONSTRAINT gadget_kind_filled',
      'GRANT UPDATE (kind) ON TABLE gadget TO app_admin',
      'GRANT UPDATE (kind) ON TABLE gadget TO app_tenant',
    ],
    transactional: [false, true],
    says: "await changeRowsInBatches(runner, { what: 'fill gadget.kind', sql: UP_2, tables: ['app.gadget'], mayChangeNone: 'a table without rows' });",
  },
  {
    what: 'a column that may no longer be null, filled',
    after: { properties: { body: Column({ type: 'text' }) } },
    options: { fills: [{ table: 'gadget', column: 'body', value: "''" }] },
    up: [
      "UPDATE gadget SET body = '' WHERE ctid = ANY (ARRAY(SELECT ctid FROM gadget WHERE body IS NULL AND ('') IS NOT NULL LIMIT 5000))",
      'ALTER TABLE gadget ADD CONSTRAINT gadget_body_not_null__new CHECK (body IS NOT NULL) NOT VALID',
      'ALTER TABLE gadget VALIDATE CONSTRAINT gadget_body_not_null__new',
      'ALTER TABLE gadget ALTER COLUMN body SET NOT NULL',
      'ALTER TABLE gadget DROP CONSTRAINT gadget_body_not_null__new',
    ],
    transactional: [false],
  },
  {
    what: 'a check and a closed set that gains a value',
    after: { properties: { state: state('OPEN', 'DONE', 'LOST') }, also: [Check('ck_gadget_size', '"size" > 0')] },
    up: [
      'ALTER TABLE gadget ADD CONSTRAINT ck_gadget_size CHECK ((size > 0)) NOT VALID',
      'ALTER TABLE gadget VALIDATE CONSTRAINT ck_gadget_size',
      "ALTER TABLE gadget ADD CONSTRAINT ck_gadget_state__new CHECK (((state)::text = ANY (ARRAY['OPEN'::text, 'DONE'::text, 'LOST'::text]))) NOT VALID",
      'ALTER TABLE gadget VALIDATE CONSTRAINT ck_gadget_state__new',
      'ALTER TABLE gadget DROP CONSTRAINT ck_gadget_state',
      'ALTER TABLE gadget RENAME CONSTRAINT ck_gadget_state__new TO ck_gadget_state',
    ],
    transactional: [false],
  },
  {
    what: 'a closed set that loses a value, which stops where a row still has it',
    after: { properties: { state: state('OPEN') } },
    up: [
      "ALTER TABLE gadget ADD CONSTRAINT ck_gadget_state__new CHECK (((state)::text = ANY (ARRAY['OPEN'::text]))) NOT VALID",
      'ALTER TABLE gadget VALIDATE CONSTRAINT ck_gadget_state__new',
      'ALTER TABLE gadget DROP CONSTRAINT ck_gadget_state',
      'ALTER TABLE gadget RENAME CONSTRAINT ck_gadget_state__new TO ck_gadget_state',
    ],
    transactional: [false],
  },
  {
    what: 'indexes, one of them changed, and a unique key, without keeping anybody from writing',
    after: {
      index: SqlIndex({ name: 'ix_gadget_size', columns: ['org_id', 'size'], where: "state = 'OPEN'" }),
      also: [Index(['orgId', 'title']), Unique(['orgId', 'title', 'size'])],
    },
    up: [
      'CREATE UNIQUE INDEX CONCURRENTLY uq_gadget_title_size ON gadget (org_id, title, size)',
      'ALTER TABLE gadget ADD CONSTRAINT uq_gadget_title_size UNIQUE USING INDEX uq_gadget_title_size',
      "CREATE INDEX CONCURRENTLY ix_gadget_size__new ON gadget USING btree (org_id, size) WHERE ((state)::text = 'OPEN'::text)",
      'DROP INDEX ix_gadget_size',
      'ALTER INDEX ix_gadget_size__new RENAME TO ix_gadget_size',
      'CREATE INDEX CONCURRENTLY ix_gadget_title ON gadget USING btree (org_id, title)',
    ],
    transactional: [false],
    says: 'readonly transaction = false;',
  },
  {
    what: 'a foreign key with its column and index, in two migrations',
    after: { properties: { doneBy: Column({ type: 'uuid', nullable: true }), doer: FromOrgTo(() => User, { by: 'doneBy', onDelete: 'SET NULL' }) } },
    up: [
      'ALTER TABLE gadget ADD COLUMN done_by uuid',
      'GRANT UPDATE (done_by) ON TABLE gadget TO app_admin',
      'GRANT UPDATE (done_by) ON TABLE gadget TO app_tenant',
      'CREATE INDEX CONCURRENTLY ix_gadget_done_by ON gadget USING btree (org_id, done_by)',
      'ALTER TABLE gadget ADD CONSTRAINT fk_gadget_done_by FOREIGN KEY (done_by) REFERENCES user(id) ON DELETE SET NULL NOT VALID',
      'ALTER TABLE gadget VALIDATE CONSTRAINT fk_gadget_done_by',
    ],
    transactional: [true, false],
    says: 'locks gadget: SHARE ROW EXCLUSIVE; locks user: SHARE ROW EXCLUSIVE',
  },
  {
    what: 'whose rows a table holds, in one transaction',
    after: {
      tenancy: Tenancy('T', { tenant: { select: true }, queue: { select: true }, policies: [{ role: 'app_tenant', command: 'select', using: openOnly }] }),
    },
    up: [
      'REVOKE ALL (body, size, state, title) ON TABLE gadget FROM app_tenant',
      'DROP POLICY tenant_isolation ON gadget',
      'CREATE POLICY queue_all ON gadget FOR ALL TO app_queue USING (true) WITH CHECK (true)',
      "CREATE POLICY tenant_select ON gadget FOR SELECT TO app_tenant USING (((org_id = current_org_id()) AND ((state)::text = 'OPEN'::text)))",
      'GRANT SELECT ON TABLE gadget TO app_queue',
      'REVOKE DELETE, INSERT ON TABLE gadget FROM app_tenant CASCADE',
    ],
    transactional: [true],
  },
  {
    what: 'a trigger and another comment',
    after: { comment: "It's another `thing` of ${it}\\n, with\na line.", also: [RaisesVersion()] },
    up: [
      'CREATE TRIGGER raise_version BEFORE UPDATE ON gadget FOR EACH ROW EXECUTE FUNCTION raise_version()',
      "COMMENT ON TABLE gadget IS 'It''s another `thing` of ${it}\\n, with\na line.'",
    ],
    transactional: [true],
    says: 'for (const statement of FOR_SHARDED_DATABASES) await runner.query(statement);',
  },
  {
    what: 'columns that are gone, where their loss is allowed',
    after: { properties: { body: null, title: null } },
    options: { allowLoss: ['gadget.body', 'gadget.title'] },
    up: ['ALTER TABLE gadget DROP COLUMN body', 'ALTER TABLE gadget DROP COLUMN title'],
    transactional: [true],
    says: 'The values of app.gadget.title are gone, and it may not be null: this stops where the table has rows.',
  },
  {
    what: 'a column under another name, with the names that are made of it and what follows from it',
    after: {
      properties: {
        createdBy: null,
        creator: null,
        madeBy: Column({ type: 'uuid', nullable: true }),
        maker: FromOrgTo(() => User, { by: 'madeBy', onDelete: 'SET NULL' }),
      },
    },
    options: { renames: [{ kind: 'column', table: 'gadget', from: 'created_by', to: 'made_by' }] },
    up: [
      'ALTER TABLE gadget RENAME COLUMN created_by TO made_by',
      'ALTER TABLE gadget RENAME CONSTRAINT fk_gadget_created_by TO fk_gadget_made_by',
      'ALTER INDEX ix_gadget_created_by RENAME TO ix_gadget_made_by',
      // Who made a row is nobody's to change; what it is now called may be changed.
      'GRANT UPDATE (made_by) ON TABLE gadget TO app_tenant',
    ],
    transactional: [true],
    says: 'Processes that still run the code before fail from here on.',
  },
  {
    what: 'a table under another name, with a column of it under another name',
    after: { table: 'widget', properties: { state: null, status: state('OPEN', 'DONE') } },
    options: {
      renames: [
        { kind: 'table', from: 'gadget', to: 'widget' },
        { kind: 'column', table: 'widget', from: 'state', to: 'status' },
      ],
    },
    up: [
      'ALTER TABLE gadget RENAME TO widget',
      'ALTER TABLE widget RENAME COLUMN state TO status',
      'ALTER TABLE widget RENAME CONSTRAINT ck_gadget_state TO ck_widget_status',
      'ALTER TABLE widget RENAME CONSTRAINT fk_gadget_created_by TO fk_widget_created_by',
      'ALTER TABLE widget RENAME CONSTRAINT fk_gadget_org_id TO fk_widget_org_id',
      'ALTER TABLE widget RENAME CONSTRAINT pk_gadget TO pk_widget',
      'ALTER INDEX ix_gadget_created_by RENAME TO ix_widget_created_by',
    ],
    transactional: [true],
  },
];
