import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, OneOf, OrgId, SerialId, Uid, UpdatedAt, Version } from '../declare/columns.js';
import { FromOrgTo, OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { RaisesVersion } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';

export const SYNC_STATUSES = ['success', 'failure', 'in_progress'] as const;
export type SyncStatus = (typeof SYNC_STATUSES)[number];

/** What went wrong while reading a repository: of one file, or of all of it. */
export interface SyncError {
  /** The file it is about; null: the repository as a whole. */
  readonly path: string | null;
  /** Stable, SCREAMING_SNAKE_CASE. */
  readonly code: string;
  readonly message: string;
}

/** A Git repository whose Markdown files with frontmatter are an organization's agents. */
@Entity({ schema: 'app', name: 'agent_repository' })
@Unique(['orgId', 'name'])
@RaisesVersion()
@Tenancy('T')
export class AgentRepository {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @SerialId()
  id: string;

  @Uid()
  uid: string;

  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Column({ type: 'varchar', length: 1024 })
  gitUrl: string;

  @Column({ type: 'varchar', length: 255, default: 'main' })
  branch: string;

  /** Agents anywhere in the repository, rather than below `agentDirectory` only. */
  @Column({ type: 'boolean', default: false })
  isRoot: boolean;

  @Column({ type: 'varchar', length: 255, nullable: true })
  agentDirectory: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  lastSyncCommitHash: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastSyncAt: Date | null;

  @OneOf(SYNC_STATUSES, { nullable: true })
  lastSyncStatus: SyncStatus | null;

  @Column({ type: 'jsonb', nullable: true })
  lastSyncErrors: SyncError[] | null;

  @Column({ type: 'uuid', nullable: true })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'CASCADE' })
  creator?: Relation<User> | null;

  @Version()
  version: number;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
