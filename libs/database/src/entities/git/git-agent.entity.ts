import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, OrgId, SerialId, Uid, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { AgentRepository } from './agent-repository.entity.js';

/** An agent as a file of a repository says it. One that vanished from the repository stays, inactive. */
@Entity({ schema: 'app', name: 'git_agent', comment: 'An agent as a file of a repository says it. One that vanished from the repository stays, inactive.' })
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

  @Column({ type: 'bigint', comment: 'The repository it was read from.' })
  agentRepositoryId: string;

  @WithinOrg(() => AgentRepository, { by: 'agentRepositoryId', onDelete: 'CASCADE' })
  agentRepository?: Relation<AgentRepository>;

  @Column({ type: 'varchar', length: 255, comment: 'From the frontmatter, else the name of the file.' })
  name: string;

  @Column({ type: 'text', nullable: true, comment: 'From the frontmatter.' })
  description: string | null;

  @Column({ type: 'varchar', length: 1024, comment: 'Path of the file in the repository; unique there.' })
  filePath: string;

  @Column({ type: 'varchar', length: 255, comment: "MD5 of the file's content, in hexadecimal." })
  contentHash: string;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: "The file's frontmatter, as it was read." })
  frontmatter: Record<string, unknown>;

  @Column({
    type: 'text',
    nullable: true,
    select: false,
    comment: 'The text below the frontmatter: the prompt. Null: not read since it is kept.',
  })
  body: string | null;

  @Column({ type: 'boolean', default: true, comment: 'False: the file is gone from the repository.' })
  isActive: boolean;

  @Column({ type: 'text', array: true, default: () => "'{}'", comment: 'From the frontmatter.' })
  tags: string[];

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The last commit that changed the file.' })
  lastModifiedCommitHash: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
