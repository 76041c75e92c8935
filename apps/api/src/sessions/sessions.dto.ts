import { ApiProperty } from '@nestjs/swagger';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';

export class SessionOrganization {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'Analytical Engines' })
  readonly name: string;

  @ApiProperty({ example: 'analytical-engines' })
  readonly slug: string;
}

export class OwnSessionResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', description: 'When one signed in.' })
  readonly createdAt: Date;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', description: 'When a token of the session was last made.' })
  readonly lastUsedAt: Date;

  @ApiProperty({ example: '203.0.113.7', type: String, nullable: true, description: 'From where that was.' })
  readonly ip: string | null;

  @ApiProperty({ example: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', type: String, nullable: true })
  readonly userAgent: string | null;

  @ApiProperty({ type: SessionOrganization, description: 'Where the session is.' })
  readonly organization: SessionOrganization;

  @ApiProperty({ example: true, description: 'Whether it is the session that asks.' })
  readonly current: boolean;
}

export class OwnSessionPage {
  @ApiProperty({ type: [OwnSessionResponse] })
  readonly items: readonly OwnSessionResponse[];

  @ApiProperty({ example: null, type: String, nullable: true, description: 'Where the next page begins; null on the last.' })
  readonly nextCursor: string | null;
}

export class MyMembershipResponse extends SessionOrganization {
  @ApiProperty({ example: 'ACTIVE', enum: ['ACTIVE', 'SUSPENDED', 'ERASING'], description: 'One can go to those that are ACTIVE.' })
  readonly status: string;

  @ApiProperty({ example: 'OWNER', enum: ['OWNER', 'ADMIN', 'DEVELOPER', 'VIEWER'] })
  readonly role: string;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly joinedAt: Date;

  @ApiProperty({ example: true, description: 'Whether it is the organization of this session.' })
  readonly current: boolean;
}

export class MyMembershipsResponse {
  @ApiProperty({ type: [MyMembershipResponse] })
  readonly items: readonly MyMembershipResponse[];
}
