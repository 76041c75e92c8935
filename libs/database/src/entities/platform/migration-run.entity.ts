import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CreatedAt, OneOf, UpdatedAt } from '../declare/columns.js';
import { Tenancy } from '../declare/tenancy.js';

/** STARTED without an end is what a killed process left of a migration that cannot be one transaction. */
export const MIGRATION_STATES = ['STARTED', 'COMPLETED', 'REVERTED'] as const;
export type MigrationState = (typeof MIGRATION_STATES)[number];

/** What TypeORM's journal cannot say of a migration: what exactly ran, who ran it, and how far it came. The runner writes it. */
@Entity({ schema: 'app', name: 'migration_run' })
@Tenancy('S', { admin: { select: true } })
export class MigrationRun {
  /** As in the journal: class name and timestamp. */
  @PrimaryColumn({ type: 'varchar', length: 255 })
  name: string;

  /** SHA-256, in hexadecimal, of the statements that the migration's `up` asks for. */
  @Column({ type: 'varchar', length: 64 })
  checksum: string;

  @OneOf(MIGRATION_STATES)
  state: MigrationState;

  /** The operating system's user and host. */
  @Column({ type: 'varchar', length: 255 })
  who: string;

  /** Version and commit of the build that ran it. */
  @Column({ type: 'varchar', length: 255 })
  build: string;

  /** How many statements are done for good; counted only where each stands alone (`transaction = false`). */
  @Column({ type: 'integer', default: 0 })
  statementsDone: number;

  @Column({ type: 'timestamptz' })
  startedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  completedAt: Date | null;

  /** Why the last try ended, where it did not complete. */
  @Column({ type: 'text', nullable: true })
  errorMessage: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
