import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsNotEmpty, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { LONGEST_PASSWORD } from '#identity';
import { trimmed } from '../http/transforms.js';

export class LoginRequest {
  @ApiProperty({ example: 'ada@example.com', maxLength: 255 })
  @Transform(trimmed)
  @IsEmail()
  @MaxLength(255)
  readonly email: string;

  @ApiProperty({ example: 'correct horse battery staple', minLength: 1, maxLength: LONGEST_PASSWORD })
  @IsString()
  @Length(1, LONGEST_PASSWORD)
  readonly password: string;
}

export class RefreshRequest {
  @ApiProperty({ example: 'plr_0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3f.bm90IGEgcmVhbCB0b2tlbiBidXQgYXMgbG9uZyBhcyBvbmU', maxLength: 255 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly refreshToken: string;
}

export class SwitchOrganizationRequest {
  @ApiProperty({ example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3d', format: 'uuid', description: 'One of those that GET /v1/me/organizations lists as ACTIVE.' })
  @IsUUID()
  readonly organizationId: string;
}

export class SessionResponse {
  @ApiProperty({ example: 'eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIiwidHlwIjoiYXQrand0In0.e30.c2lnbmF0dXJl' })
  readonly accessToken: string;

  @ApiProperty({ example: 'Bearer', enum: ['Bearer'] })
  readonly tokenType: 'Bearer';

  @ApiProperty({ example: 900, description: 'Seconds until the access token expires.' })
  readonly expiresIn: number;

  @ApiProperty({
    example: 'plr_0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3f.bm90IGEgcmVhbCB0b2tlbiBidXQgYXMgbG9uZyBhcyBvbmU',
    description: 'Good for one POST /v1/auth/refresh, whose answer brings the next.',
  })
  readonly refreshToken: string;

  @ApiProperty({ example: 2_592_000, description: 'Seconds until the refresh token expires.' })
  readonly refreshExpiresIn: number;

  @ApiProperty({ example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3e', format: 'uuid', description: 'The same until one signs in again.' })
  readonly sessionId: string;

  @ApiProperty({ example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', format: 'uuid' })
  readonly userId: string;

  @ApiProperty({ example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3d', format: 'uuid' })
  readonly organizationId: string;

  @ApiProperty({ example: 'OWNER', enum: ['OWNER', 'ADMIN', 'DEVELOPER', 'VIEWER'] })
  readonly role: string;
}
