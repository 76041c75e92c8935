import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsNotEmpty, IsOptional, IsString, MaxLength, ValidateIf } from 'class-validator';
import { trimmed } from '../http/transforms.js';

const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';
const EXAMPLE_COMMIT = '9fceb02d0ae598e95dc970b74767f19372d61af8';

export class CreateAgentRepositoryRequest {
  @ApiProperty({ example: 'Support agents', maxLength: 255, description: 'Unique in the organization.' })
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly name: string;

  @ApiProperty({
    example: 'https://github.com/example/agents.git',
    maxLength: 1024,
    description: 'https in production; also file and http in development. Without user and password.',
  })
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(1024)
  readonly gitUrl: string;

  @ApiProperty({ example: 'main', maxLength: 255, required: false, default: 'main' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly branch?: string;

  @ApiProperty({ example: false, required: false, description: 'Look for agents in the whole repository. True where no agentDirectory is given.' })
  @IsOptional()
  @IsBoolean()
  readonly isRoot?: boolean;

  @ApiProperty({ example: 'agents', maxLength: 255, required: false, nullable: true, type: String, description: 'Look for agents below this folder only.' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  readonly agentDirectory?: string | null;
}

/** Left out means unchanged; null is no value but for agentDirectory. */
const given = (property: string) => ValidateIf((body: object) => Reflect.get(body, property) !== undefined);

export class UpdateAgentRepositoryRequest {
  @ApiProperty({ example: 'Support agents', maxLength: 255, required: false })
  @Transform(trimmed)
  @given('name')
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly name?: string;

  @ApiProperty({ example: 'https://github.com/example/agents.git', maxLength: 1024, required: false })
  @Transform(trimmed)
  @given('gitUrl')
  @IsString()
  @IsNotEmpty()
  @MaxLength(1024)
  readonly gitUrl?: string;

  @ApiProperty({ example: 'main', maxLength: 255, required: false })
  @given('branch')
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  readonly branch?: string;

  @ApiProperty({ example: false, required: false, description: 'Where only agentDirectory is given: whether that is null.' })
  @given('isRoot')
  @IsBoolean()
  readonly isRoot?: boolean;

  @ApiProperty({ example: 'agents', maxLength: 255, required: false, nullable: true, type: String })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  readonly agentDirectory?: string | null;
}

export class SyncProblemModel {
  @ApiProperty({ example: 'agents/broken.md', nullable: true, type: String })
  readonly path: string | null;

  @ApiProperty({ example: 'FRONTMATTER_INVALID' })
  readonly code: string;

  @ApiProperty({ example: 'The frontmatter is no YAML mapping.' })
  readonly message: string;
}

export class AgentRepositoryResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'Support agents' })
  readonly name: string;

  @ApiProperty({ example: 'https://github.com/example/agents.git' })
  readonly gitUrl: string;

  @ApiProperty({ example: 'main' })
  readonly branch: string;

  @ApiProperty({ example: false })
  readonly isRoot: boolean;

  @ApiProperty({ example: 'agents', nullable: true, type: String })
  readonly agentDirectory: string | null;

  @ApiProperty({ example: EXAMPLE_COMMIT, nullable: true, type: String })
  readonly lastSyncCommitHash: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, nullable: true, type: String, format: 'date-time' })
  readonly lastSyncAt: Date | null;

  @ApiProperty({ example: 'success', nullable: true, type: String, enum: ['success', 'failure', 'in_progress'], description: 'null before the first sync.' })
  readonly lastSyncStatus: string | null;

  @ApiProperty({ type: [SyncProblemModel] })
  readonly lastSyncErrors: readonly SyncProblemModel[];

  @ApiProperty({ example: 1, description: 'Raised by each change.' })
  readonly version: number;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly updatedAt: Date;
}

export class AgentRepositoryPage {
  @ApiProperty({ type: [AgentRepositoryResponse] })
  readonly items: readonly AgentRepositoryResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}

export class SyncRequestedResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly repositoryId: string;

  @ApiProperty({ example: 'queued', enum: ['queued'] })
  readonly status: 'queued';
}
