import { Column, Entity, Index } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { Tenancy } from '../declare/tenancy.js';

export const UNRESTRICTED_ACCESS_EVENTS = ['STARTED', 'ENDED'] as const;
export type UnrestrictedAccessEvent = (typeof UNRESTRICTED_ACCESS_EVENTS)[number];

/** Who worked past the tenants' boundaries, and why. STARTED is committed before the work begins; rows are only ever added. */
@Entity({ schema: 'app', name: 'unrestricted_access' })
@Index(['useId'])
@Index(['createdAt'])
@Tenancy('S', { admin: { select: true, insert: true } })
export class UnrestrictedAccess {
  @Id()
  id: string;

  /** The same on the two rows of one use. */
  @Column({ type: 'uuid' })
  useId: string;

  @OneOf(UNRESTRICTED_ACCESS_EVENTS)
  event: UnrestrictedAccessEvent;

  @Column({ type: 'varchar', length: 255 })
  actor: string;

  @Column({ type: 'text' })
  reason: string;

  /** How many statements the use ran; known when it has ended. */
  @Column({ type: 'integer', nullable: true })
  statements: number | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
