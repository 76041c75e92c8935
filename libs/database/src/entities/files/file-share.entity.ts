import { Check, Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, ToMember, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { OrganizationUser } from '../identity/organization-user.entity.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';
import { Team } from '../teams/team.entity.js';
import { StoredFile } from './stored-file.entity.js';

export const FILE_PERMISSIONS = ['VIEW', 'EDIT'] as const;
export type FilePermission = (typeof FILE_PERMISSIONS)[number];

/** Who else may see a file: one member, one team, or whoever holds a link. */
@Entity({ schema: 'app', name: 'file_share', comment: 'Who else may see a file: one member, one team, or whoever holds a link.' })
@Check('ck_file_share_one_target', 'num_nonnulls("shared_with_user_id", "team_id", "link_token_hash") = 1')
@Tenancy('T')
export class FileShare {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The file that is shared.' })
  fileId: string;

  @WithinOrg(() => StoredFile, { by: 'fileId', onDelete: 'CASCADE' })
  file?: Relation<StoredFile>;

  @Column({ type: 'uuid', nullable: true, comment: 'The member it is shared with; otherwise null.' })
  sharedWithUserId: string | null;

  @ToMember(() => OrganizationUser, { by: 'sharedWithUserId' })
  sharedWith?: Relation<OrganizationUser> | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The team it is shared with; otherwise null.' })
  teamId: string | null;

  @WithinOrg(() => Team, { by: 'teamId', onDelete: 'CASCADE' })
  team?: Relation<Team> | null;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'SHA-256 of the token in the link, in hexadecimal; otherwise null.' })
  linkTokenHash: string | null;

  @OneOf(FILE_PERMISSIONS, { default: 'VIEW', comment: 'What the share allows.' })
  permission: FilePermission;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the share ends; null: it does not.' })
  expiresAt: Date | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who made the row; null where a program did, or once that user is gone.' })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
