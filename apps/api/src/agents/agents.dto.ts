import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsNotEmpty, IsObject, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { AGENT_LIMITS, TOOL_NAME } from '#agents';
import { Given } from '../http/given.decorator.js';
import { MaxJsonBytes } from '../http/max-json-bytes.decorator.js';
import { PageQuery } from '../http/paging.dto.js';
import { flag, trimmed } from '../http/transforms.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';
const EXAMPLE_PROMPT = 'You answer questions about invoices. Ask when you are not sure.';

export class UpdateAgentRequest {
  @ApiProperty({ example: 'Invoice helper', maxLength: AGENT_LIMITS.nameLength, required: false, description: 'Unique in the organization.' })
  @Given()
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(AGENT_LIMITS.nameLength)
  readonly name?: string;

  @ApiProperty({ example: 'Answers questions about invoices.', maxLength: AGENT_LIMITS.descriptionLength, required: false, nullable: true, type: String })
  @IsOptional()
  @IsString()
  @MaxLength(AGENT_LIMITS.descriptionLength)
  readonly description?: string | null;

  @ApiProperty({
    example: 'gpt-4.1-mini',
    maxLength: AGENT_LIMITS.modelLength,
    required: false,
    nullable: true,
    type: String,
    description: 'null: the model that the installation runs by default.',
  })
  @IsOptional()
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(AGENT_LIMITS.modelLength)
  readonly model?: string | null;

  @ApiProperty({ example: EXAMPLE_PROMPT, required: false, nullable: true, type: String, description: 'At most 262,144 bytes.' })
  @IsOptional()
  @IsString()
  @MaxLength(AGENT_LIMITS.promptBytes)
  readonly systemPrompt?: string | null;

  @ApiProperty({
    example: { temperature: 0.2 },
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
    description: 'Parameters of the model, by name. At most 16,384 bytes as JSON.',
  })
  @Given()
  @IsObject()
  @MaxJsonBytes(AGENT_LIMITS.parameterBytes)
  readonly parameters?: Record<string, unknown>;

  @ApiProperty({ example: ['read_data', 'ask_for_input'], required: false, type: [String], maxItems: AGENT_LIMITS.tools, uniqueItems: true })
  @Given()
  @IsArray()
  @ArrayMaxSize(AGENT_LIMITS.tools)
  @ArrayUnique()
  @Matches(TOOL_NAME, { each: true })
  readonly tools?: string[];

  @ApiProperty({ example: true, required: false, description: 'False: kept, but not run.' })
  @Given()
  @IsBoolean()
  readonly isActive?: boolean;
}

export class CreateAgentRequest extends UpdateAgentRequest {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid', required: false, description: 'The git agent to copy from. Without it a name is required.' })
  @Given()
  @IsUUID()
  readonly gitAgentId?: string;
}

export class AgentQuery extends PageQuery {
  @ApiProperty({ required: false, type: String, example: 'inv', description: 'Only agents whose names begin so; capital letters make no difference.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(AGENT_LIMITS.nameLength)
  readonly name?: string;

  @ApiProperty({ required: false, type: Boolean, description: 'Only agents that are run (true) or are not (false).' })
  @IsOptional()
  @Transform(flag)
  @IsBoolean()
  readonly active?: boolean;

  @ApiProperty({ required: false, type: String, format: 'uuid', description: 'Only agents made from this git agent.' })
  @IsOptional()
  @IsUUID()
  readonly gitAgentId?: string;
}

export class DeleteAgentQuery {
  @ApiProperty({ required: false, type: Boolean, default: false, description: 'Delete its tasks with it.' })
  @IsOptional()
  @Transform(flag)
  @IsBoolean()
  readonly withTasks?: boolean;
}

export class AgentResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'Invoice helper' })
  readonly name: string;

  @ApiProperty({ example: 'Answers questions about invoices.', nullable: true, type: String })
  readonly description: string | null;

  @ApiProperty({ example: 'gpt-4.1-mini', nullable: true, type: String })
  readonly model: string | null;

  @ApiProperty({ example: EXAMPLE_PROMPT, nullable: true, type: String })
  readonly systemPrompt: string | null;

  @ApiProperty({ example: { temperature: 0.2 }, type: 'object', additionalProperties: true })
  readonly parameters: Readonly<Record<string, unknown>>;

  @ApiProperty({ example: ['read_data', 'ask_for_input'], type: [String] })
  readonly tools: readonly string[];

  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid', nullable: true, type: String, description: 'The git agent it was made from.' })
  readonly gitAgentId: string | null;

  @ApiProperty({ example: true })
  readonly isActive: boolean;

  @ApiProperty({ example: 1, description: 'Raised by each change; the ETag.' })
  readonly version: number;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly updatedAt: Date;
}

export class AgentPage {
  @ApiProperty({ type: [AgentResponse] })
  readonly items: readonly AgentResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
