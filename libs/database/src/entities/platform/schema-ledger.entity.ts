import { Column, Entity, Index } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { Tenancy } from '../declare/tenancy.js';

export const LEDGER_KINDS = ['FIX', 'BACKUP', 'RESTORE', 'ATTEST', 'INITIALIZE', 'MIGRATE', 'REVERT'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** What was done to the schema, by whom, when, and how it ended. */
@Entity({ schema: 'app', name: 'schema_ledger' })
@Index(['when'])
@Tenancy('S', { admin: { select: true } })
export class SchemaLedger {
  @Id()
  id: string;

  /** The operating system's user and host. */
  @Column({ type: 'varchar', length: 255 })
  who: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  when: Date;

  /** The newest migration that had run; empty before the first. */
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

  @OneOf(LEDGER_KINDS)
  kind: LedgerKind;

  /** What belongs to this kind of work: names, counts, identifiers; never a secret. */
  @Column({ type: 'jsonb', default: () => "'{}'" })
  details: Record<string, unknown>;
}
