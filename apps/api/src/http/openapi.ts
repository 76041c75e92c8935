import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemModel } from './api-problems.decorator.js';
import { describeHealth } from './openapi-health.js';
import { describeShared } from './openapi-shared.js';
import { operationId } from './operation-id.js';

export const DOCS_PATH = 'docs';
export const DOCS_JSON_PATH = 'docs-json';

/** The OpenAPI document of every route of the application. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const description = [
    'Agents of an organization, kept in Git.',
    'Errors are application/problem+json with a stable `code`; `errors` names the fields. Every answer carries `X-Request-Id`.',
    'Lists are read by `limit` and `cursor`. An id of another organization answers exactly like one that does not exist.',
  ].join('\n\n');
  const config = new DocumentBuilder().setTitle('Plinth').setDescription(description).setVersion('1').addBearerAuth().build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemModel],
    operationIdFactory: operationId,
  });
  return describeShared(describeHealth(document));
}

/** Serves the document and a page to try it on; both are made when they are first asked for. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), { jsonDocumentUrl: DOCS_JSON_PATH, raw: ['json'], customSiteTitle: 'Plinth API' });
}
