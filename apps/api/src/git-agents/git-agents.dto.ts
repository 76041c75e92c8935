import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../http/paging.dto.js';
import { flag } from '../http/transforms.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';

export class GitAgentQuery extends PageQuery {
  @ApiProperty({ required: false, type: String, example: 'support', description: 'Only agents with this tag.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly tag?: string;

  @ApiProperty({ required: false, type: Boolean, description: 'Only agents that are (true) or are no longer (false) in their repository.' })
  @IsOptional()
  @Transform(flag)
  @IsBoolean()
  readonly active?: boolean;

  @ApiProperty({ required: false, type: String, format: 'uuid', description: 'Only agents of this repository.' })
  @IsOptional()
  @IsUUID()
  readonly repositoryId?: string;
}

export class GitAgentResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly repositoryId: string;

  @ApiProperty({ example: 'invoice-helper' })
  readonly name: string;

  @ApiProperty({ example: 'Answers questions about invoices.', nullable: true, type: String })
  readonly description: string | null;

  @ApiProperty({ example: 'agents/invoice-helper.md' })
  readonly filePath: string;

  @ApiProperty({ example: '9e107d9d372bb6826bd81d3542a419d6', description: 'MD5 of the file.' })
  readonly contentHash: string;

  @ApiProperty({ example: { name: 'invoice-helper', model: 'small' }, type: 'object', additionalProperties: true })
  readonly frontmatter: Readonly<Record<string, unknown>>;

  @ApiProperty({ example: ['support'], type: [String] })
  readonly tags: readonly string[];

  @ApiProperty({ example: true })
  readonly isActive: boolean;

  @ApiProperty({ example: '9fceb02d0ae598e95dc970b74767f19372d61af8', nullable: true, type: String })
  readonly lastModifiedCommitHash: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly updatedAt: Date;
}

export class GitAgentPage {
  @ApiProperty({ type: [GitAgentResponse] })
  readonly items: readonly GitAgentResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
