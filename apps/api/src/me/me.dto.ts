import { ApiProperty } from '@nestjs/swagger';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';

export class MyOrganization {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'Analytical Engines' })
  readonly name: string;

  @ApiProperty({ example: 'analytical-engines' })
  readonly slug: string;

  @ApiProperty({ example: 'OWNER', enum: ['OWNER', 'ADMIN', 'DEVELOPER', 'VIEWER'] })
  readonly role: string;

  @ApiProperty({ example: [], type: [String], description: 'Permissions beyond those of the role.' })
  readonly permissions: readonly string[];

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly joinedAt: Date;
}

export class MeResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'ada@example.com' })
  readonly email: string;

  @ApiProperty({ example: 'Ada Lovelace' })
  readonly name: string;

  @ApiProperty({ example: null, type: String, format: 'date-time', nullable: true })
  readonly emailVerifiedAt: Date | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', nullable: true })
  readonly lastLoginAt: Date | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ type: MyOrganization, description: 'The organization of this session.' })
  readonly organization: MyOrganization;
}
