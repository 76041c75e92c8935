import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, OrgId, SerialId, Uid, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { AgentRepository } from './agent-repository.entity.js';

/** An agent as a file of a repository says it. One that vanished from the repository stays, inactive. */
@Entity({ schema: 'app', name: 'git_agent' })
@Unique(['orgId', 'agentRepositoryId', 'filePath'])
@SqlIndex({ name: 'ix_git_agent_name', columns: ['org_id', 'name', 'id'] })
@Tenancy('T')
export class GitAgent {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @SerialId()
  id: string;

  @Uid()
  uid: string;

  @Column({ type: 'bigint' })
  agentRepositoryId: string;

  @WithinOrg(() => AgentRepository, { by: 'agentRepositoryId', onDelete: 'CASCADE' })
  agentRepository?: Relation<AgentRepository>;

  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'varchar', length: 1024 })
  filePath: string;

  /** MD5 of the file's content, in hexadecimal. */
  @Column({ type: 'varchar', length: 255 })
  contentHash: string;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  frontmatter: Record<string, unknown>;

  @Column({ type: 'boolean', default: true })
  isActive: boolean;

  @Column({ type: 'text', array: true, default: () => "'{}'" })
  tags: string[];

  /** The last commit that changed the file. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  lastModifiedCommitHash: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
