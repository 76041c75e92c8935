import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CreatedAt, OneOf, UpdatedAt } from '../declare/columns.js';
import { Tenancy } from '../declare/tenancy.js';

/** STARTED without an end is what a killed process left of a migration that cannot be one transaction. */
export const MIGRATION_STATES = ['STARTED', 'COMPLETED', 'REVERTED'] as const;
export type MigrationState = (typeof MIGRATION_STATES)[number];

/** What TypeORM's journal cannot say of a migration: what exactly ran, who ran it, and how far it came. The runner writes it. */
@Entity({
  schema: 'app',
  name: 'migration_run',
  comment: "What TypeORM's journal cannot say of a migration: what exactly ran, who ran it, and how far it came. The runner writes it.",
})
@Tenancy('S', { admin: { select: true } })
export class MigrationRun {
  @PrimaryColumn({ type: 'varchar', length: 255, comment: 'As in the journal: class name and timestamp.' })
  name: string;

  @Column({ type: 'varchar', length: 64, comment: "SHA-256, in hexadecimal, of the statements that the migration's `up` asks for." })
  checksum: string;

  @OneOf(MIGRATION_STATES, { comment: 'STARTED without an end is what a killed process left of a migration that cannot be one transaction.' })
  state: MigrationState;

  @Column({ type: 'varchar', length: 255, comment: "The operating system's user and host." })
  who: string;

  @Column({ type: 'varchar', length: 255, comment: 'Version and commit of the build that ran it.' })
  build: string;

  @Column({ type: 'integer', default: 0, comment: 'How many statements are done for good; counted only where each stands alone (`transaction = false`).' })
  statementsDone: number;

  @Column({ type: 'timestamptz', comment: 'When the last try began.' })
  startedAt: Date;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When it was done; null: it is not.' })
  completedAt: Date | null;

  @Column({ type: 'text', nullable: true, comment: 'Why the last try ended, where it did not complete.' })
  errorMessage: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
