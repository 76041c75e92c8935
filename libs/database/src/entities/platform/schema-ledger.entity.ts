import { Column, Entity, Index } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { Tenancy } from '../declare/tenancy.js';

export const LEDGER_KINDS = ['FIX', 'BACKUP', 'RESTORE', 'ATTEST', 'INITIALIZE', 'MIGRATE', 'REVERT'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** What was done to the schema, by whom, when, and how it ended. */
@Entity({ schema: 'app', name: 'schema_ledger', comment: 'What was done to the schema, by whom, when, and how it ended.' })
@Index(['when'])
@Tenancy('S', { admin: { select: true } })
export class SchemaLedger {
  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: "The operating system's user and host." })
  who: string;

  @Column({ type: 'timestamptz', default: () => 'now()', comment: 'When it was done.' })
  when: Date;

  @Column({ type: 'varchar', length: 255, comment: 'The newest migration that had run; empty before the first.' })
  version: string;

  @Column({ type: 'text', comment: 'The statements that ran.' })
  sql: string;

  @Column({ type: 'varchar', length: 255, comment: 'How it ended.' })
  outcome: string;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;

  @OneOf(LEDGER_KINDS, { comment: 'What kind of work it was.' })
  kind: LedgerKind;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'What belongs to this kind of work: names, counts, identifiers; never a secret.' })
  details: Record<string, unknown>;
}
