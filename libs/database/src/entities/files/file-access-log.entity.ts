import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { StoredFile } from './stored-file.entity.js';

export const FILE_ACTIONS = ['VIEW', 'DOWNLOAD', 'SHARE', 'DELETE'] as const;
export type FileAction = (typeof FILE_ACTIONS)[number];

/** Who did what with a file. */
@Entity({ schema: 'app', name: 'file_access_log' })
@SqlIndex({ name: 'ix_file_access_log_created_at', columns: ['org_id', 'created_at desc'] })
@Tenancy('T', { tenant: { select: true, insert: true } })
export class FileAccessLog {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid' })
  fileId: string;

  @WithinOrg(() => StoredFile, { by: 'fileId', onDelete: 'CASCADE' })
  file?: Relation<StoredFile>;

  @Column({ type: 'uuid', nullable: true })
  userId: string | null;

  @Column({ type: 'uuid', nullable: true })
  shareId: string | null;

  @OneOf(FILE_ACTIONS)
  action: FileAction;

  @Column({ type: 'inet', nullable: true })
  ip: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true })
  userAgent: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
