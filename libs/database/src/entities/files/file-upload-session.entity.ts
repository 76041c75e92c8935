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
@Entity({ schema: 'app', name: 'file_upload_session', comment: 'An upload in pieces that can be taken up again.' })
@Tenancy('T')
export class FileUploadSession {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'What the file will be called.' })
  fileName: string;

  @Column({ type: 'varchar', length: 255, comment: 'Media type, as the uploader says.' })
  mimeType: string;

  @Column({ type: 'bigint', comment: 'Size of the whole file, in bytes.' })
  sizeBytes: string;

  @Column({ type: 'bigint', default: 0, comment: 'How much has arrived, in bytes.' })
  receivedBytes: string;

  @Column({ type: 'integer', comment: 'Size of one piece, in bytes.' })
  chunkSize: number;

  @Column({ type: 'varchar', length: 1024, comment: 'Where the pieces lie in the storage.' })
  storageKey: string;

  @OneOf(UPLOAD_STATUSES, { default: 'ACTIVE', comment: 'ACTIVE takes further pieces.' })
  status: UploadStatus;

  @Column({ type: 'uuid', nullable: true, comment: 'The file that it became; null until then.' })
  fileId: string | null;

  @WithinOrg(() => StoredFile, { by: 'fileId', onDelete: 'CASCADE' })
  file?: Relation<StoredFile> | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who made the row; null where a program did, or once that user is gone.' })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @Column({ type: 'timestamptz', comment: 'From then on the upload cannot be taken up again.' })
  expiresAt: Date;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
