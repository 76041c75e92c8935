import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { PROBLEM_CONTENT_TYPE } from './problem.js';

class FieldProblemModel {
  @ApiProperty({ example: 'email' })
  readonly field: string;

  @ApiProperty({ example: 'IS_EMAIL' })
  readonly code: string;

  @ApiProperty({ example: '"email" must be an email' })
  readonly message: string;
}

/** The shape of every error answer, for the OpenAPI document. */
export class ProblemModel {
  @ApiProperty({ example: 'urn:plinth:problem:validation-failed' })
  readonly type: string;

  @ApiProperty({ example: 'Bad Request' })
  readonly title: string;

  @ApiProperty({ example: 400 })
  readonly status: number;

  @ApiProperty({ example: 'VALIDATION_FAILED', description: 'Stable: compare this, never the texts.' })
  readonly code: string;

  @ApiProperty({ example: 'The request is not valid: "email" must be an email.' })
  readonly detail: string;

  @ApiProperty({ type: [FieldProblemModel], required: false })
  readonly errors?: FieldProblemModel[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'What else is needed to decide; its shape follows from the code.' })
  readonly details?: object;

  @ApiProperty({ example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c' })
  readonly requestId: string;
}

const MEDIA_TYPE = PROBLEM_CONTENT_TYPE.split(';')[0] ?? PROBLEM_CONTENT_TYPE;

/** Documents the error answers of a handler: status and what it means there. */
export function ApiProblems(problems: Readonly<Record<number, string>>): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ...Object.entries(problems).map(([status, meaning]) =>
      ApiResponse({
        status: Number(status),
        description: `${STATUS_CODES[Number(status)] ?? 'Error'}: ${meaning}`,
        content: { [MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/ProblemModel' } } },
      }),
    ),
  );
}
