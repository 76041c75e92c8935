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
@Entity({ schema: 'app', name: 'file_access_log', comment: 'Who did what with a file.' })
@SqlIndex({ name: 'ix_file_access_log_created_at', columns: ['org_id', 'created_at desc'] })
@Tenancy('T', { tenant: { select: true, insert: true } })
export class FileAccessLog {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The file that was accessed.' })
  fileId: string;

  @WithinOrg(() => StoredFile, { by: 'fileId', onDelete: 'CASCADE' })
  file?: Relation<StoredFile>;

  @Column({ type: 'uuid', nullable: true, comment: 'Who did it; no foreign key, so that the record outlives the user.' })
  userId: string | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The share that was used, if any; no foreign key.' })
  shareId: string | null;

  @OneOf(FILE_ACTIONS, { comment: 'What was done with the file.' })
  action: FileAction;

  @Column({ type: 'inet', nullable: true, comment: "The caller's address." })
  ip: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true, comment: "The caller's User-Agent header." })
  userAgent: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
