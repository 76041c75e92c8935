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
@Entity({ schema: 'app', name: 'agent_repository', comment: "A Git repository whose Markdown files with frontmatter are an organization's agents." })
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

  @Column({ type: 'varchar', length: 255, comment: 'Unique within the organization.' })
  name: string;

  @Column({ type: 'varchar', length: 1024, comment: 'Where the repository is cloned from.' })
  gitUrl: string;

  @Column({ type: 'varchar', length: 255, default: 'main', comment: 'The branch that is read.' })
  branch: string;

  @Column({ type: 'boolean', default: false, comment: 'Agents anywhere in the repository, rather than below agent_directory only.' })
  isRoot: boolean;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The folder whose files are agents, relative to the root of the repository.' })
  agentDirectory: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The commit whose agents git_agent holds.' })
  lastSyncCommitHash: string | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the last sync ended.' })
  lastSyncAt: Date | null;

  @OneOf(SYNC_STATUSES, { nullable: true, comment: 'How the last sync ended, or that one runs; null before the first.' })
  lastSyncStatus: SyncStatus | null;

  @Column({ type: 'jsonb', nullable: true, comment: 'What the last sync could not use: path (null: the repository as a whole), code and message of each.' })
  lastSyncErrors: SyncError[] | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who made the row, which goes with that user; null where a program did.' })
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
