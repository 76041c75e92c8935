import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt, Version } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { RaisesVersion } from '../declare/triggers.js';
import { GitAgent } from '../git/git-agent.entity.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';

/** An agent as an organization configured it: model, prompt, parameters and tools. */
@Entity({ schema: 'app', name: 'agent', comment: 'An agent as an organization configured it: model, prompt, parameters and tools.' })
@Unique(['orgId', 'name'])
@RaisesVersion()
@Tenancy('T')
export class Agent {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'Unique within the organization.' })
  name: string;

  @Column({ type: 'text', nullable: true, comment: 'What the agent is for.' })
  description: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The language model it runs on.' })
  model: string | null;

  @Column({ type: 'text', nullable: true, comment: 'What the model is told before anything else.' })
  systemPrompt: string | null;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'Parameters of the model, by name.' })
  parameters: Record<string, unknown>;

  @Column({ type: 'text', array: true, default: () => "'{}'", comment: 'Names of the tools that the agent may call.' })
  tools: string[];

  @Column({ type: 'bigint', nullable: true, comment: 'The file it was made from, if any.' })
  gitAgentId: string | null;

  @WithinOrg(() => GitAgent, { by: 'gitAgentId', onDelete: 'NO ACTION' })
  gitAgent?: Relation<GitAgent> | null;

  @Column({ type: 'boolean', default: true, comment: 'False: kept, but not run.' })
  isActive: boolean;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who made the row; null where a program did, or once that user is gone.' })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @Version()
  version: number;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
