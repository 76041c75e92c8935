import { ApiProperty } from '@nestjs/swagger';

export class ApiCallResponse {
  @ApiProperty({ example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', format: 'uuid' })
  readonly id: string;

  @ApiProperty({
    example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3d',
    format: 'uuid',
    nullable: true,
    type: String,
    description: 'The user who called, if it was one.',
  })
  readonly userId: string | null;

  @ApiProperty({ example: null, format: 'uuid', nullable: true, type: String, description: 'The API key that was used, if any.' })
  readonly apiKeyId: string | null;

  @ApiProperty({ example: 'GET' })
  readonly method: string;

  @ApiProperty({ example: '/v1/agent-repositories/:id', description: 'The template of the route, never the path.' })
  readonly route: string;

  @ApiProperty({ example: 200 })
  readonly statusCode: number;

  @ApiProperty({ example: 12, description: 'In milliseconds.' })
  readonly durationMs: number;

  @ApiProperty({ example: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3e', description: 'The X-Request-Id of the answer.' })
  readonly requestId: string;

  @ApiProperty({ example: '192.0.2.7', nullable: true, type: String })
  readonly ip: string | null;

  @ApiProperty({ example: 'curl/8.9.1', nullable: true, type: String })
  readonly userAgent: string | null;

  @ApiProperty({ example: '2026-11-20T09:30:00.000Z', type: String, format: 'date-time' })
  readonly createdAt: Date;
}

export class ApiCallPage {
  @ApiProperty({ type: [ApiCallResponse] })
  readonly items: readonly ApiCallResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
