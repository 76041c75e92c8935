import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';
import { Team } from '../teams/team.entity.js';
import { Run } from '../workflow/run.entity.js';

/** A file of the organization; its bytes lie in the storage under `storageKey`. */
@Entity({ schema: 'app', name: 'file' })
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

  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Column({ type: 'varchar', length: 1024 })
  storageKey: string;

  @Column({ type: 'varchar', length: 255 })
  mimeType: string;

  @Column({ type: 'bigint' })
  sizeBytes: string;

  /** Of the content, in hexadecimal. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  sha256: string | null;

  @Column({ type: 'uuid', nullable: true })
  uploadedBy: string | null;

  @FromOrgTo(() => User, { by: 'uploadedBy', onDelete: 'SET NULL' })
  uploader?: Relation<User> | null;

  @Column({ type: 'uuid', nullable: true })
  teamId: string | null;

  @WithinOrg(() => Team, { by: 'teamId', onDelete: 'CASCADE' })
  team?: Relation<Team> | null;

  @Column({ type: 'uuid', nullable: true })
  runId: string | null;

  @WithinOrg(() => Run, { by: 'runId', onDelete: 'NO ACTION' })
  run?: Relation<Run> | null;

  @Column({ type: 'timestamptz', nullable: true })
  deletedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
