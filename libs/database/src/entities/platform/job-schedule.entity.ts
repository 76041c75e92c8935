import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CreatedAt, UpdatedAt } from '../declare/columns.js';
import { ALL_COMMANDS, Tenancy } from '../declare/tenancy.js';

/** When a kind of system job starts by itself. */
@Entity({ schema: 'app', name: 'job_schedule' })
@Tenancy('S', { queue: ALL_COMMANDS })
export class JobSchedule {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  kind: string;

  @Column({ type: 'varchar', length: 255 })
  cron: string;

  /** IANA name, such as `Europe/Berlin`. */
  @Column({ type: 'varchar', length: 255, default: 'UTC' })
  timeZone: string;

  @Column({ type: 'timestamptz', nullable: true })
  lastRunAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
