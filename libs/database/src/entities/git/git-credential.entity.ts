import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, OrgId, SerialId, Uid, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { AgentRepository } from './agent-repository.entity.js';

/** The token that reads a private repository. */
@Entity({ schema: 'app', name: 'git_credential' })
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

  @Column({ type: 'bigint' })
  repositoryId: string;

  @WithinOrg(() => AgentRepository, { by: 'repositoryId', onDelete: 'CASCADE' })
  repository?: Relation<AgentRepository>;

  @Column({ type: 'varchar', length: 50 })
  provider: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  username: string | null;

  /** AES-256-GCM ciphertext with the id of its key, so that keys can be rotated. */
  @Column({ type: 'text' })
  encryptedToken: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  tokenName: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
