import type { OpenAPIObject } from '@nestjs/swagger';

const PUBLIC_BODY = { status: 'ok', database: 'up', version: '0.1.0' };
const json = (example: object): object => ({ 'application/json': { schema: { $ref: '#/components/schemas/HealthAnswer' }, example } });

const HEALTH_ANSWER = {
  type: 'object',
  description: 'Who carries HEALTH_TOKEN is told more: each check with what it found.',
  properties: {
    status: { type: 'string', enum: ['ok', 'error', 'degraded', 'shutting_down'], example: 'ok' },
    database: { type: 'string', enum: ['up', 'down', 'unknown'], example: 'up' },
    version: { type: 'string', example: '0.1.0' },
  },
  required: ['status'],
  additionalProperties: true,
};

const ROUTES: Readonly<Record<string, { summary: string; description: string; ok: object; down?: object }>> = {
  '/health': {
    summary: 'How the service is',
    description: 'Status, database availability and version; the whole report with "Authorization: Bearer $HEALTH_TOKEN".',
    ok: PUBLIC_BODY,
    down: { ...PUBLIC_BODY, status: 'error', database: 'down' },
  },
  '/health/live': { summary: 'Whether the process runs', description: 'Never asks the database.', ok: { status: 'ok' } },
  '/health/ready': { summary: 'Whether to send requests here', description: 'For load balancers.', ok: { status: 'ok' }, down: { status: 'error' } },
};

/** Describes the health routes, whose controller is shared by all services and knows nothing of OpenAPI. */
export function describeHealth(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components, schemas: { ...document.components?.schemas, HealthAnswer: HEALTH_ANSWER } };
  for (const [path, { summary, description, ok, down }] of Object.entries(ROUTES)) {
    const operation = document.paths[path]?.get;
    if (operation === undefined) continue;
    Object.assign(operation, {
      summary,
      description,
      responses: {
        200: { description: 'Good.', content: json(ok) },
        ...(down === undefined ? {} : { 503: { description: 'Not ready; it recovers by itself.', content: json(down) } }),
      },
    });
  }
  return document;
}
