import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, OrgId, SerialId, Uid, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { AgentRepository } from './agent-repository.entity.js';

/** The token that reads a private repository. */
@Entity({ schema: 'app', name: 'git_credential', comment: 'The token that reads a private repository.' })
@Unique(['orgId', 'repositoryId'])
@Tenancy('T')
export class GitCredential {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @SerialId()
  id: string;

  @Uid()
  uid: string;

  @Column({ type: 'bigint', comment: 'The repository it opens.' })
  repositoryId: string;

  @WithinOrg(() => AgentRepository, { by: 'repositoryId', onDelete: 'CASCADE' })
  repository?: Relation<AgentRepository>;

  @Column({ type: 'varchar', length: 50, comment: 'Whose token it is, such as `github`.' })
  provider: string;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'Sent with the token where the host asks for one.' })
  username: string | null;

  @Column({ type: 'text', comment: 'AES-256-GCM ciphertext with the id of its key, so that keys can be rotated.' })
  encryptedToken: string;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'What the organization calls the token.' })
  tokenName: string | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the host stops accepting the token; null: not known.' })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When a sync last used it.' })
  lastUsedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
