import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { checkConfig, HttpConfig, loadConfig } from '#database';
import { NestLogger } from '#service';
import { API_AREAS, ApiModule } from '../app.module.js';
import { fastifyAdapter, installHttp } from './install-http.js';
import { serveOpenApi } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';

/**
 * The API as main, tests and the document generator use it: complete, not yet listening. Reads the configuration from the
 * environment. With `preview` nothing is made but the routes, for their documentation.
 * @throws ConfigurationError, and what the boot refusals of the database throw.
 */
export async function createApi({ preview = false }: { readonly preview?: boolean } = {}): Promise<NestFastifyApplication> {
  const filter = new ProblemFilter();
  // Before one area is read alone, so that the problems of all of them are reported together.
  checkConfig(API_AREAS);
  const { trustedProxies } = loadConfig(HttpConfig);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(), fastifyAdapter(filter, trustedProxies), {
    bodyParser: false,
    abortOnError: false,
    preview,
    logger: preview ? false : new NestLogger(),
  });
  installHttp(app, filter);
  if (!preview) serveOpenApi(app);
  return app;
}
