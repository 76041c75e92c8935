import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsNotEmpty, IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Given } from '../http/given.decorator.js';
import { MaxJsonBytes } from '../http/max-json-bytes.decorator.js';
import { trimmed } from '../http/transforms.js';

const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';
const LONGEST_SLUG = 60;
const LARGEST_SETTINGS = 16_384;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export class CreateOrganizationRequest {
  @ApiProperty({ example: 'Analytical Engines', maxLength: 255, description: 'Its slug is derived from the name.' })
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly name: string;
}

export class UpdateOrganizationRequest {
  @ApiProperty({ example: 'Analytical Engines', maxLength: 255, required: false })
  @Given()
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly name?: string;

  @ApiProperty({
    example: 'analytical-engines',
    maxLength: LONGEST_SLUG,
    pattern: SLUG.source,
    required: false,
    description: 'Unique over all organizations: lower-case letters, digits and single hyphens.',
  })
  @Given()
  @IsString()
  @MaxLength(LONGEST_SLUG)
  @Matches(SLUG)
  readonly slug?: string;

  @ApiProperty({ example: 'Engines that analyse.', maxLength: 2000, required: false, nullable: true, type: String })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  readonly description?: string | null;

  @ApiProperty({
    example: { locale: 'en' },
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
    description: `Replaces all settings. At most ${LARGEST_SETTINGS} bytes of JSON.`,
  })
  @Given()
  @IsObject()
  @MaxJsonBytes(LARGEST_SETTINGS)
  readonly settings?: Record<string, unknown>;
}

export class OrganizationResponse {
  @ApiProperty({ example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'Analytical Engines' })
  readonly name: string;

  @ApiProperty({ example: 'analytical-engines' })
  readonly slug: string;

  @ApiProperty({ example: 'Engines that analyse.', nullable: true, type: String })
  readonly description: string | null;

  @ApiProperty({ example: { locale: 'en' }, type: 'object', additionalProperties: true })
  readonly settings: Readonly<Record<string, unknown>>;

  @ApiProperty({ example: 'ACTIVE', enum: ['ACTIVE', 'SUSPENDED', 'ERASING'] })
  readonly status: string;

  @ApiProperty({ example: 1, description: 'Raised by each change; the ETag.' })
  readonly version: number;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly updatedAt: Date;
}
