import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayUnique, IsArray, IsDate, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { PERMISSIONS, type PermissionKey } from '#database';
import { pointInTime, trimmed } from '../http/transforms.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';
const EXAMPLE_PREFIX = EXAMPLE_ID.replaceAll('-', '');
const KEYS: readonly PermissionKey[] = PERMISSIONS.map(({ key }) => key);

export class CreateApiKeyRequest {
  @ApiProperty({ example: 'Nightly import', maxLength: 255 })
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly name: string;

  @ApiProperty({ example: ['run:create', 'run:read'], enum: KEYS, isArray: true, description: 'What the key may do: some of what you may do yourself.' })
  @IsArray()
  @ArrayUnique()
  @IsIn(KEYS, { each: true })
  readonly scopes: PermissionKey[];

  @ApiProperty({
    example: EXAMPLE_TIME,
    required: false,
    nullable: true,
    type: String,
    format: 'date-time',
    description: 'Without it the key does not expire.',
  })
  @IsOptional()
  @Transform(pointInTime)
  @IsDate()
  readonly expiresAt?: Date | null;
}

export class ApiKeyResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'Nightly import' })
  readonly name: string;

  @ApiProperty({ example: EXAMPLE_PREFIX, description: 'The middle of the key, by which it is recognised. No secret.' })
  readonly prefix: string;

  @ApiProperty({ example: ['run:create', 'run:read'], type: [String] })
  readonly scopes: readonly string[];

  @ApiProperty({
    example: EXAMPLE_ID,
    nullable: true,
    type: String,
    format: 'uuid',
    description: 'null where another key made it, or once that account is gone.',
  })
  readonly createdBy: string | null;

  @ApiProperty({ example: 'Ada Lovelace', nullable: true, type: String, description: 'null once that person has left. The key goes on working.' })
  readonly creatorName: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, nullable: true, type: String, format: 'date-time' })
  readonly expiresAt: Date | null;

  @ApiProperty({ example: EXAMPLE_TIME, nullable: true, type: String, format: 'date-time', description: 'Up to a minute old.' })
  readonly lastUsedAt: Date | null;

  @ApiProperty({ example: null, nullable: true, type: String, format: 'date-time' })
  readonly revokedAt: Date | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;
}

export class CreatedApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({
    example: `plk_${EXAMPLE_PREFIX}.${EXAMPLE_PREFIX}.c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I`,
    description: 'The key, shown this once: send it as "Authorization: Bearer plk_…".',
  })
  readonly key: string;
}

export class ApiKeyPage {
  @ApiProperty({ type: [ApiKeyResponse] })
  readonly items: readonly ApiKeyResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
