import 'reflect-metadata';
import { createLogger, HttpConfig, loadConfig, PlinthError } from '#database';
import { prepareEnvironment } from '#database/embedded';
import { createApi } from './http/create-api.js';
import { listen } from './http/listen.js';
import { seedAtStart } from './seed/seed-at-start.js';
import { onStopSignal } from './stop-signal.js';

const logger = createLogger('api');

async function start(): Promise<void> {
  const environment = await prepareEnvironment({ service: 'api' });
  try {
    const app = await createApi();
    await app.init();
    await seedAtStart(app, environment);
    const url = await listen(app, loadConfig(HttpConfig));
    onStopSignal(logger, async () => {
      await app.close();
      await environment.close();
    });
    logger.info({ url, docs: `${url}/docs`, health: `${url}/health`, embedded: environment.embedded }, `API ready on ${url}`);
  } catch (error) {
    await environment.close();
    throw error;
  }
}

start().catch((error: unknown) => {
  // An operator's error says what to do; its stack would only hide that.
  if (error instanceof PlinthError && error.family === 'operator') logger.fatal({ code: error.code }, error.message);
  else logger.fatal({ err: error }, 'The API could not start');
  process.exit(1);
});
