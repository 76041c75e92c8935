import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CreatedAt, UpdatedAt } from '../declare/columns.js';
import { ALL_COMMANDS, Tenancy } from '../declare/tenancy.js';

/** When a kind of system job starts by itself. */
@Entity({ schema: 'app', name: 'job_schedule', comment: 'When a kind of system job starts by itself.' })
@Tenancy('S', { queue: ALL_COMMANDS })
export class JobSchedule {
  @PrimaryColumn({ type: 'varchar', length: 255, comment: 'The kind of system job that starts.' })
  kind: string;

  @Column({ type: 'varchar', length: 255, comment: 'When it starts, as a cron expression.' })
  cron: string;

  @Column({ type: 'varchar', length: 255, default: 'UTC', comment: 'IANA name of the zone that the cron expression counts in, such as `Europe/Berlin`.' })
  timeZone: string;

  @Column({ type: 'timestamptz', nullable: true, comment: 'The last time that was due and was put on the queue.' })
  lastRunAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
