import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ORGANIZATION_STATUSES, type OrganizationStatus } from '#database';
import type { SystemOrganizationRow } from '#identity';
import { PageQuery } from '../http/paging.dto.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';

export class SystemOrganizationQuery extends PageQuery {
  @ApiProperty({ required: false, enum: ORGANIZATION_STATUSES, description: 'Only organizations of this status.' })
  @IsOptional()
  @IsIn(ORGANIZATION_STATUSES)
  readonly status?: OrganizationStatus;
}

export class SystemOrganizationResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'Analytical Engines' })
  readonly name: string;

  @ApiProperty({ example: 'analytical-engines' })
  readonly slug: string;

  @ApiProperty({ example: 'ACTIVE', enum: ORGANIZATION_STATUSES })
  readonly status: OrganizationStatus;

  @ApiProperty({ example: 3, description: 'How many people belong to it.' })
  readonly members: number;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;
}

export class SystemOrganizationPage {
  @ApiProperty({ type: [SystemOrganizationResponse] })
  readonly items: readonly SystemOrganizationResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}

/** An organization as the API shows it to those who run the platform. */
export function toOrganization({ created_at: createdAt, ...organization }: SystemOrganizationRow): SystemOrganizationResponse {
  return { ...organization, createdAt };
}
