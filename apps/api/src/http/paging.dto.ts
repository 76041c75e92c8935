import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { wholeNumber } from './transforms.js';

export const LARGEST_PAGE = 100;
export const USUAL_PAGE = 50;

/** How every list is read: a page at a time, each page saying where the next begins. */
export class PageQuery {
  @ApiProperty({ required: false, type: Number, minimum: 1, maximum: LARGEST_PAGE, default: USUAL_PAGE, description: 'How many items a page has at most.' })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
  readonly limit?: number;

  @ApiProperty({ required: false, type: String, description: 'The nextCursor of the page before. Opaque.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(1024)
  readonly cursor?: string;
}

/** The id in a path. */
export class IdParameter {
  @ApiProperty({ format: 'uuid', example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', description: 'The id, as an answer gave it.' })
  @IsUUID()
  readonly id: string;
}
