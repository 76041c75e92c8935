import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDate, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { ACTOR_TYPES } from '#database';
import { PageQuery } from '../http/paging.dto.js';
import { moment } from './moment.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';

export class AuditLogQuery extends PageQuery {
  @ApiProperty({ required: false, example: 'member.changed', maxLength: 255, description: 'What was done.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly action?: string;

  @ApiProperty({ required: false, example: 'organization_user', maxLength: 255, description: 'The kind of thing, by its table.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly subjectType?: string;

  @ApiProperty({ required: false, example: EXAMPLE_ID, maxLength: 255, description: 'Which thing. Found by an index together with subjectType.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly subjectId?: string;

  @ApiProperty({ required: false, example: EXAMPLE_ID, format: 'uuid', description: 'Who did it: a user or an API key.' })
  @IsOptional()
  @IsUUID()
  readonly actorId?: string;

  @ApiProperty({ required: false, type: String, format: 'date-time', example: EXAMPLE_TIME, description: 'From this moment on.' })
  @IsOptional()
  @Transform(moment)
  @IsDate()
  readonly from?: Date;

  @ApiProperty({ required: false, type: String, format: 'date-time', example: EXAMPLE_TIME, description: 'Before this moment.' })
  @IsOptional()
  @Transform(moment)
  @IsDate()
  readonly to?: Date;
}

export class AuditLogEntry {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'USER', enum: ACTOR_TYPES })
  readonly actorType: string;

  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid', nullable: true, type: String })
  readonly actorId: string | null;

  @ApiProperty({ example: 'member.changed' })
  readonly action: string;

  @ApiProperty({ example: 'organization_user', nullable: true, type: String })
  readonly subjectType: string | null;

  @ApiProperty({ example: EXAMPLE_ID, nullable: true, type: String })
  readonly subjectId: string | null;

  @ApiProperty({ example: { role: { from: 'VIEWER', to: 'DEVELOPER' } }, type: 'object', additionalProperties: true, nullable: true })
  readonly changes: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ example: EXAMPLE_ID, nullable: true, type: String, description: 'The request or job in which it happened.' })
  readonly requestId: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;
}

export class AuditLogPage {
  @ApiProperty({ type: [AuditLogEntry] })
  readonly items: readonly AuditLogEntry[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
