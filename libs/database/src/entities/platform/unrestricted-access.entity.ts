import { Column, Entity, Index } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { Tenancy } from '../declare/tenancy.js';

export const UNRESTRICTED_ACCESS_EVENTS = ['STARTED', 'ENDED'] as const;
export type UnrestrictedAccessEvent = (typeof UNRESTRICTED_ACCESS_EVENTS)[number];

/** Who worked past the tenants' boundaries, and why. STARTED is committed before the work begins; rows are only ever added. */
@Entity({
  schema: 'app',
  name: 'unrestricted_access',
  comment: "Who worked past the tenants' boundaries, and why. STARTED is committed before the work begins; rows are only ever added.",
})
@Index(['useId'])
@Index(['createdAt'])
@Tenancy('S', { admin: { select: true, insert: true } })
export class UnrestrictedAccess {
  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The same on the two rows of one use.' })
  useId: string;

  @OneOf(UNRESTRICTED_ACCESS_EVENTS, { comment: 'STARTED is committed before the work begins, ENDED when it is over.' })
  event: UnrestrictedAccessEvent;

  @Column({ type: 'varchar', length: 255, comment: 'Who did the work.' })
  actor: string;

  @Column({ type: 'text', comment: 'Why, in the words of the code or person that asked.' })
  reason: string;

  @Column({ type: 'integer', nullable: true, comment: 'How many statements the use ran; known when it has ended.' })
  statements: number | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
