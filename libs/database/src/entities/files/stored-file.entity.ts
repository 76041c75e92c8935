import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';
import { Team } from '../teams/team.entity.js';
import { Run } from '../workflow/run.entity.js';

/** A file of the organization; its bytes lie in the storage under `storage_key`. */
@Entity({ schema: 'app', name: 'file', comment: 'A file of the organization; its bytes lie in the storage under `storage_key`.' })
@Unique(['orgId', 'storageKey'])
@SqlIndex({ name: 'ix_file_created_at', columns: ['org_id', 'created_at desc'], where: 'deleted_at is null' })
@Tenancy('T')
export class StoredFile {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'Shown to people.' })
  name: string;

  @Column({ type: 'varchar', length: 1024, comment: 'Where its bytes lie in the storage; unique within the organization.' })
  storageKey: string;

  @Column({ type: 'varchar', length: 255, comment: 'Media type of the content.' })
  mimeType: string;

  @Column({ type: 'bigint', comment: 'Size of the content, in bytes.' })
  sizeBytes: string;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'SHA-256 of the content, in hexadecimal.' })
  sha256: string | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who uploaded it; null where a program did, or once that user is gone.' })
  uploadedBy: string | null;

  @FromOrgTo(() => User, { by: 'uploadedBy', onDelete: 'SET NULL' })
  uploader?: Relation<User> | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The team it belongs to, if any.' })
  teamId: string | null;

  @WithinOrg(() => Team, { by: 'teamId', onDelete: 'CASCADE' })
  team?: Relation<Team> | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The run that made it, if any.' })
  runId: string | null;

  @WithinOrg(() => Run, { by: 'runId', onDelete: 'NO ACTION' })
  run?: Relation<Run> | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When it was deleted; null: it was not.' })
  deletedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
