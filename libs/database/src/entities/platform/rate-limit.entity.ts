import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { CreatedAt, UpdatedAt } from '../declare/columns.js';
import { ALL_COMMANDS, Tenancy } from '../declare/tenancy.js';

/** The counters of the rate limiter, shared by all processes. */
@Entity({ schema: 'app', name: 'rate_limit', comment: 'The counters of the rate limiter, shared by all processes.' })
@Index(['expire'])
@Tenancy('S', { auth: ALL_COMMANDS })
export class RateLimit {
  @PrimaryColumn({ type: 'varchar', length: 255, comment: 'What is counted, and for whom.' })
  key: string;

  @Column({ type: 'integer', default: 0, comment: 'How much was used up until the counter expires.' })
  points: number;

  @Column({ type: 'bigint', nullable: true, comment: 'When the counter begins anew, in Unix milliseconds; null: never.' })
  expire: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
