import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';

/** One API request, written in batches off the request's path and kept for a configured number of days. */
@Entity({ schema: 'app', name: 'api_call' })
@SqlIndex({ name: 'ix_api_call_created_at', columns: ['org_id', 'created_at desc'] })
@Tenancy('T', { tenant: { select: true, insert: true } })
export class ApiCall {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', nullable: true })
  userId: string | null;

  @Column({ type: 'uuid', nullable: true })
  apiKeyId: string | null;

  @Column({ type: 'varchar', length: 50 })
  method: string;

  /** The template of the route, never the raw path. */
  @Column({ type: 'varchar', length: 1024 })
  route: string;

  @Column({ type: 'smallint' })
  statusCode: number;

  @Column({ type: 'integer' })
  durationMs: number;

  @Column({ type: 'varchar', length: 255 })
  requestId: string;

  @Column({ type: 'inet', nullable: true })
  ip: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true })
  userAgent: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
