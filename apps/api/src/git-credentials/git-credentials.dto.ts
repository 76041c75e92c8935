import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsISO8601, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { GIT_PROVIDERS, type GitProvider } from '#agents';
import { trimmed } from '../http/transforms.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';

export class PutGitCredentialRequest {
  @ApiProperty({ example: 'github', enum: GIT_PROVIDERS, description: 'Whose token it is.' })
  @IsIn(GIT_PROVIDERS)
  readonly provider: GitProvider;

  @ApiProperty({
    example: 'x-access-token',
    maxLength: 255,
    required: false,
    nullable: true,
    type: String,
    description: 'Sent with the token. Without it the one that is usual for the provider is sent.',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly username?: string | null;

  @ApiProperty({
    example: 'github_pat_example',
    maxLength: 4096,
    writeOnly: true,
    description: 'Printable ASCII without blanks. Stored encrypted, never shown.',
  })
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(4096)
  readonly token: string;

  @ApiProperty({ example: 'Agents, read only', maxLength: 255, required: false, nullable: true, type: String, description: 'What you call the token.' })
  @IsOptional()
  @Transform(trimmed)
  @IsString()
  @MaxLength(255)
  readonly tokenName?: string | null;

  @ApiProperty({
    example: EXAMPLE_TIME,
    required: false,
    nullable: true,
    type: String,
    format: 'date-time',
    description: 'When the host stops accepting it, as far as you know. You are warned 14 days before.',
  })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  readonly expiresAt?: string | null;
}

export class GitCredentialResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly repositoryId: string;

  @ApiProperty({ example: 'github' })
  readonly provider: string;

  @ApiProperty({ example: 'x-access-token', nullable: true, type: String, description: 'null: the one that is usual for the provider.' })
  readonly username: string | null;

  @ApiProperty({ example: 'Agents, read only', nullable: true, type: String })
  readonly tokenName: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, nullable: true, type: String, format: 'date-time' })
  readonly expiresAt: Date | null;

  @ApiProperty({
    example: EXAMPLE_TIME,
    nullable: true,
    type: String,
    format: 'date-time',
    description: 'When a sync last had it sent, well or not; null: never.',
  })
  readonly lastUsedAt: Date | null;

  @ApiProperty({ example: '2026-11', nullable: true, type: String, description: 'The key it is encrypted with.' })
  readonly keyId: string | null;

  @ApiProperty({ example: null, nullable: true, type: String, enum: ['EXPIRES_SOON', 'EXPIRED'], description: 'EXPIRES_SOON: within 14 days.' })
  readonly warning: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly updatedAt: Date;
}
