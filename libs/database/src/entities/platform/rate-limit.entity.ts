import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { CreatedAt, UpdatedAt } from '../declare/columns.js';
import { ALL_COMMANDS, Tenancy } from '../declare/tenancy.js';

/** The counters of the rate limiter, shared by all processes. */
@Entity({ schema: 'app', name: 'rate_limit' })
@Index(['expire'])
@Tenancy('S', { auth: ALL_COMMANDS })
export class RateLimit {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  key: string;

  @Column({ type: 'integer', default: 0 })
  points: number;

  /** Unix time in milliseconds; null never expires. */
  @Column({ type: 'bigint', nullable: true })
  expire: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
