import { Column, Entity, Index } from 'typeorm';
import { CreatedAt, Id, UpdatedAt } from '../declare/columns.js';
import { Tenancy } from '../declare/tenancy.js';

/** What was done to the schema, by whom, when, and how it ended. */
@Entity({ schema: 'app', name: 'schema_ledger' })
@Index(['when'])
@Tenancy('S', { admin: { select: true } })
export class SchemaLedger {
  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255 })
  who: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  when: Date;

  @Column({ type: 'varchar', length: 255 })
  version: string;

  @Column({ type: 'text' })
  sql: string;

  @Column({ type: 'varchar', length: 255 })
  outcome: string;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
