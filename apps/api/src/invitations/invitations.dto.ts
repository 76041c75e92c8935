import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { MEMBER_ROLES, type MemberRole } from '#database';
import type { InvitationState } from '#identity';
import { PageQuery } from '../http/paging.dto.js';
import { trimmed } from '../http/transforms.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-27T09:30:00.000Z';
const STATES: readonly InvitationState[] = ['PENDING', 'ACCEPTED', 'REVOKED', 'EXPIRED'];

export class CreateInvitationRequest {
  @ApiProperty({ example: 'grace@example.com', maxLength: 255, description: 'Kept in lower case.' })
  @Transform(trimmed)
  @IsEmail()
  @MaxLength(255)
  readonly email: string;

  @ApiProperty({ example: 'DEVELOPER', enum: MEMBER_ROLES, description: 'What the person becomes; nothing stronger than the caller is.' })
  @IsIn(MEMBER_ROLES)
  readonly role: MemberRole;
}

export class AcceptInvitationRequest {
  @ApiProperty({
    example: 'pli_0199a7c43d527c1e9d2b8f6f3c1a2b3d.0199a7c43d527c1e9d2b8f6f3c1a2b3c.bm90IGEgcmVhbCB0b2tlbiBidXQgYXMgbG9uZyBhcyBvbmU',
    maxLength: 255,
    description: 'What was sent to the address. Good once.',
  })
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly token: string;
}

export class InvitationQuery extends PageQuery {
  @ApiProperty({ required: false, enum: STATES, example: 'PENDING', description: 'Only those of this status.' })
  @IsOptional()
  @IsIn(STATES)
  readonly status?: InvitationState;
}

export class InvitationResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'grace@example.com' })
  readonly email: string;

  @ApiProperty({ example: 'DEVELOPER', enum: MEMBER_ROLES })
  readonly role: string;

  @ApiProperty({ example: 'PENDING', enum: STATES, description: 'EXPIRED: nobody accepted it in time.' })
  readonly status: string;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly expiresAt: Date;

  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid', nullable: true, type: String, description: 'Who asked; null where an API key did.' })
  readonly createdBy: string | null;

  @ApiProperty({ example: null, format: 'uuid', nullable: true, type: String })
  readonly acceptedBy: string | null;

  @ApiProperty({ example: null, nullable: true, type: String, format: 'date-time' })
  readonly acceptedAt: Date | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;
}

export class InvitationPage {
  @ApiProperty({ type: [InvitationResponse] })
  readonly items: readonly InvitationResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}

export class InvitationAcceptedResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly organizationId: string;

  @ApiProperty({ example: 'DEVELOPER', enum: MEMBER_ROLES })
  readonly role: string;
}
