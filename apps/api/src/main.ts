import 'reflect-metadata';
import { HttpConfig, loadConfig } from '#database';
import { prepareEnvironment } from '#database/embedded';
import { listen, runService } from '#service';
import { createApi } from './http/create-api.js';
import { seedAtStart } from './seed/seed-at-start.js';

await runService('api', async ({ logger, onStop }) => {
  const environment = await prepareEnvironment({ service: 'api' });
  onStop(() => environment.close());
  const app = await createApi();
  onStop(() => app.close());
  await app.init();
  await seedAtStart(app, environment);
  const { host, port } = loadConfig(HttpConfig);
  const url = await listen(app, { host, port, variable: 'PORT' });
  const facts = { url, docs: `${url}/docs`, health: `${url}/health`, embedded: environment.embedded };
  logger.info(facts, `API ready on ${url}`);
});
