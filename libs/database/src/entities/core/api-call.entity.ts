import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';

/** One API request, written in batches off the request's path and kept for a configured number of days. */
@Entity({ schema: 'app', name: 'api_call', comment: "One API request, written in batches off the request's path and kept for a configured number of days." })
@SqlIndex({ name: 'ix_api_call_created_at', columns: ['org_id', 'created_at desc'] })
@Tenancy('T', { tenant: { select: true, insert: true } })
export class ApiCall {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who called; no foreign key, so that the record outlives the user.' })
  userId: string | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The API key that was used, if any; no foreign key.' })
  apiKeyId: string | null;

  @Column({ type: 'varchar', length: 50, comment: 'The method of HTTP.' })
  method: string;

  @Column({ type: 'varchar', length: 1024, comment: 'The template of the route, never the raw path.' })
  route: string;

  @Column({ type: 'smallint', comment: 'The status of the answer.' })
  statusCode: number;

  @Column({ type: 'integer', comment: 'From request to answer, in milliseconds.' })
  durationMs: number;

  @Column({ type: 'varchar', length: 255, comment: 'The X-Request-Id of the request and its answer.' })
  requestId: string;

  @Column({ type: 'inet', nullable: true, comment: "The caller's address." })
  ip: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true, comment: "The caller's User-Agent header." })
  userAgent: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
