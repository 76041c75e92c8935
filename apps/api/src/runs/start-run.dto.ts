import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsNotEmpty, IsObject, IsString, IsUUID, MaxLength, Min, ValidateNested } from 'class-validator';
import { AGENT_LIMITS } from '#agents';
import type { AgentReference } from '#runs';
import { ValidationFailedError } from '../http/errors.js';
import { Given } from '../http/given.decorator.js';
import { EXAMPLE_AGENT, EXAMPLE_ID, EXAMPLE_PROMPT, EXAMPLE_SESSION } from './examples.js';

/** The longest name of a session, in characters. */
export const LONGEST_SESSION = 255;

export class RunLimitsRequest {
  @ApiProperty({ example: 20, required: false, minimum: 1, description: 'Model calls, tool calls, questions and nested runs.' })
  @Given()
  @IsInt()
  @Min(1)
  readonly maxSteps?: number;

  @ApiProperty({ example: 3, required: false, minimum: 1, description: 'How deep agents may call agents; 1: none may.' })
  @Given()
  @IsInt()
  @Min(1)
  readonly maxDepth?: number;

  @ApiProperty({ example: 600_000, required: false, minimum: 1, description: 'Milliseconds, without the time it waits for a person.' })
  @Given()
  @IsInt()
  @Min(1)
  readonly maxWallMs?: number;

  @ApiProperty({ example: 100_000, required: false, minimum: 1, description: 'Tokens in and out, those of nested runs included.' })
  @Given()
  @IsInt()
  @Min(1)
  readonly maxTokens?: number;

  @ApiProperty({ example: 500_000, required: false, minimum: 1, description: 'Millionths of the currency unit, those of nested runs included.' })
  @Given()
  @IsInt()
  @Min(1)
  readonly maxCostMicros?: number;
}

export class StartRunRequest {
  @ApiProperty({ example: EXAMPLE_AGENT, required: false, maxLength: AGENT_LIMITS.nameLength, description: 'The name of the agent. Either this or agentId.' })
  @Given()
  @IsString()
  @IsNotEmpty()
  @MaxLength(AGENT_LIMITS.nameLength)
  readonly agent?: string;

  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid', required: false, description: 'The id of the agent, or of one found in Git. Either this or agent.' })
  @Given()
  @IsUUID()
  readonly agentId?: string;

  @ApiProperty({ example: EXAMPLE_PROMPT, maxLength: AGENT_LIMITS.promptBytes })
  @IsString()
  @IsNotEmpty()
  @MaxLength(AGENT_LIMITS.promptBytes)
  readonly prompt: string;

  @ApiProperty({
    example: EXAMPLE_SESSION,
    required: false,
    maxLength: LONGEST_SESSION,
    description: 'A name of your own, the same for the runs of one conversation.',
  })
  @Given()
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_SESSION)
  readonly sessionId?: string;

  @ApiProperty({ required: false, type: RunLimitsRequest, description: 'Less than what the installation allows; what is left out is what it allows.' })
  @Given()
  @IsObject()
  @ValidateNested()
  @Type(() => RunLimitsRequest)
  readonly limits?: RunLimitsRequest;
}

/** The agent that a request names, by exactly one of two fields. @throws ValidationFailedError */
export function agentOf({ agent, agentId }: StartRunRequest): AgentReference {
  if (agent !== undefined && agentId === undefined) return { name: agent };
  if (agentId !== undefined && agent === undefined) return { id: agentId };
  const message = agent === undefined ? '"agent" is required, or "agentId"' : '"agentId" must not be given beside "agent"';
  throw new ValidationFailedError([agent === undefined ? { field: 'agent', code: 'REQUIRED', message } : { field: 'agentId', code: 'EITHER_OR', message }]);
}
