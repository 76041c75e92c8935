import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Equals, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { MEMBER_ROLES, SYSTEM_ROLES, type MemberRole, type SystemRole } from '#database';
import type { SystemUser, SystemUserRow } from '#identity';
import { PageQuery } from '../http/paging.dto.js';
import { trimmed } from '../http/transforms.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';

export class SystemUserQuery extends PageQuery {
  @ApiProperty({ required: false, type: String, maxLength: 255, example: 'ada@example.com', description: 'An address, or how it begins; in any case.' })
  @IsOptional()
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly address?: string;
}

export class SystemUserResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'ada@example.com' })
  readonly email: string;

  @ApiProperty({ example: 'Ada Lovelace' })
  readonly name: string;

  @ApiProperty({ example: true })
  readonly isActive: boolean;

  @ApiProperty({ example: 'USER', enum: SYSTEM_ROLES })
  readonly systemRole: SystemRole;

  @ApiProperty({ example: EXAMPLE_TIME, nullable: true, type: String, format: 'date-time' })
  readonly emailVerifiedAt: Date | null;

  @ApiProperty({ example: EXAMPLE_TIME, nullable: true, type: String, format: 'date-time' })
  readonly lastLoginAt: Date | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;
}

export class SystemUserPage {
  @ApiProperty({ type: [SystemUserResponse] })
  readonly items: readonly SystemUserResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}

export class SystemMembershipModel {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly organizationId: string;

  @ApiProperty({ example: 'Analytical Engines' })
  readonly name: string;

  @ApiProperty({ example: 'OWNER', enum: MEMBER_ROLES })
  readonly role: MemberRole;
}

export class SystemUserDetails extends SystemUserResponse {
  @ApiProperty({ type: [SystemMembershipModel] })
  readonly memberships: readonly SystemMembershipModel[];
}

export class DeleteUserRequest {
  @ApiProperty({ required: false, type: String, format: 'uuid', example: EXAMPLE_ID, description: 'Who gets what the user made. Not together with lose.' })
  @IsOptional()
  @IsUUID()
  readonly giveTo?: string;

  @ApiProperty({ required: false, type: Boolean, enum: [true], example: true, description: 'An explicit yes to losing it.' })
  @IsOptional()
  @Equals(true)
  readonly lose?: true;
}

export class GoneRowsModel {
  @ApiProperty({ example: 'run' })
  readonly table: string;

  @ApiProperty({ example: 12 })
  readonly rows: number;
}

export class ForgettingRowsModel extends GoneRowsModel {
  @ApiProperty({ example: 'created_by' })
  readonly column: string;
}

export class NamedOrganizationModel {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'Analytical Engines' })
  readonly name: string;
}

/** Also the `details` of the 409 that asks for a decision. */
export class UserRemovalResponse {
  @ApiProperty({ type: [GoneRowsModel], description: 'Rows that went with the user, by table.' })
  readonly goes: readonly GoneRowsModel[];

  @ApiProperty({ type: [ForgettingRowsModel], description: 'Rows that stayed and no longer say who it was.' })
  readonly forgets: readonly ForgettingRowsModel[];

  @ApiProperty({ type: [NamedOrganizationModel], description: 'Organizations that have no active OWNER any more.' })
  readonly ownerless: readonly NamedOrganizationModel[];
}

/** A user as the API shows them to those who run the platform. */
export function toUser(row: SystemUserRow): SystemUserResponse {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    isActive: row.is_active,
    systemRole: row.system_role,
    emailVerifiedAt: row.email_verified_at,
    lastLoginAt: row.last_login_at,
    createdAt: row.created_at,
  };
}

/** As {@link toUser}, with where they belong. */
export function toUserDetails(user: SystemUser): SystemUserDetails {
  return { ...toUser(user), memberships: user.memberships.map(({ org_id: organizationId, name, role }) => ({ organizationId, name, role })) };
}
