import 'reflect-metadata';
import { checkConfig, HttpConfig, loadConfig } from '#database';
import { prepareEnvironment } from '#database/embedded';
import { answerMeanwhile, listen, runService, type ListenOptions } from '#service';
import { API_AREAS } from './app.module.js';
import { createApi } from './http/create-api.js';
import { seedAtStart } from './seed/seed-at-start.js';

await runService('api', async ({ logger, onStop }) => {
  const environment = await prepareEnvironment({ service: 'api', meanwhile: () => answerMeanwhile(address()) });
  onStop(() => environment.close());
  const app = await createApi();
  onStop(() => app.close());
  await app.init();
  await seedAtStart(app, environment);
  const url = await listen(app, address());
  const facts = { url, docs: `${url}/docs`, health: `${url}/health`, embedded: environment.embedded };
  logger.info(facts, `API ready on ${url}`);
});

/** Every area is checked first, so that the problems of all of them are reported together. */
function address(): ListenOptions {
  checkConfig(API_AREAS);
  const { host, port } = loadConfig(HttpConfig);
  return { host, port, variable: 'PORT' };
}
