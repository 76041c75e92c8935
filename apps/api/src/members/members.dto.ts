import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsUUID } from 'class-validator';
import { MEMBER_ROLES, PERMISSIONS, type MemberRole } from '#database';
import { Given } from '../http/given.decorator.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_PERMISSIONS = ['audit:read'];
const KEYS: readonly string[] = PERMISSIONS.map(({ key }) => key);

/** The person in a path. */
export class UserIdParameter {
  @ApiProperty({ format: 'uuid', example: EXAMPLE_ID, description: 'The id of the user.' })
  @IsUUID()
  readonly userId: string;
}

export class UpdateMemberRequest {
  @ApiProperty({ example: 'DEVELOPER', enum: MEMBER_ROLES, required: false })
  @Given()
  @IsIn(MEMBER_ROLES)
  readonly role?: MemberRole;

  @ApiProperty({
    example: EXAMPLE_PERMISSIONS,
    enum: KEYS,
    isArray: true,
    required: false,
    description: 'All permissions beyond those of the role, from then on.',
  })
  @Given()
  @IsArray()
  @ArrayMaxSize(100)
  @IsIn(KEYS, { each: true })
  readonly permissions?: readonly string[];
}

export class MemberResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly userId: string;

  @ApiProperty({ example: 'Ada Lovelace' })
  readonly name: string;

  @ApiProperty({ example: 'ada@example.com' })
  readonly email: string;

  @ApiProperty({ example: 'DEVELOPER', enum: MEMBER_ROLES })
  readonly role: string;

  @ApiProperty({ example: EXAMPLE_PERMISSIONS, type: [String], description: 'Permissions beyond those of the role.' })
  readonly permissions: readonly string[];

  @ApiProperty({ example: true, description: 'False for somebody who cannot sign in.' })
  readonly isActive: boolean;

  @ApiProperty({ example: '2026-11-20T09:30:00.000Z', type: String, format: 'date-time' })
  readonly joinedAt: Date;
}

export class MemberPage {
  @ApiProperty({ type: [MemberResponse] })
  readonly items: readonly MemberResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
