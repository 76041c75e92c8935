import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';
import { StoredFile } from './stored-file.entity.js';

export const UPLOAD_STATUSES = ['ACTIVE', 'COMPLETED', 'ABORTED', 'EXPIRED'] as const;
export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

/** An upload in pieces that can be taken up again. */
@Entity({ schema: 'app', name: 'file_upload_session' })
@Tenancy('T')
export class FileUploadSession {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255 })
  fileName: string;

  @Column({ type: 'varchar', length: 255 })
  mimeType: string;

  @Column({ type: 'bigint' })
  sizeBytes: string;

  @Column({ type: 'bigint', default: 0 })
  receivedBytes: string;

  /** In bytes. */
  @Column({ type: 'integer' })
  chunkSize: number;

  @Column({ type: 'varchar', length: 1024 })
  storageKey: string;

  @OneOf(UPLOAD_STATUSES, { default: 'ACTIVE' })
  status: UploadStatus;

  @Column({ type: 'uuid', nullable: true })
  fileId: string | null;

  @WithinOrg(() => StoredFile, { by: 'fileId', onDelete: 'CASCADE' })
  file?: Relation<StoredFile> | null;

  @Column({ type: 'uuid', nullable: true })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
