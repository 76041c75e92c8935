/**
 * The model server as a process of its own: `node dist/libs/runs/test/support/model-server.main.js [port]`. Prints its URL on the
 * first line; `GET /calls` gives the counts, `POST /script` takes a list of behaviours, `POST /models` an object with one for each
 * model. MODEL_SERVER_DELAY_MS delays each answer.
 */
import { ModelServer } from './model-server.js';

const server = await ModelServer.start({
  port: Number(process.argv[2] ?? 0),
  usual: { kind: 'directives', delayMs: Number(process.env['MODEL_SERVER_DELAY_MS'] ?? 0) },
});
process.stdout.write(`${server.url}\n`);
process.once('SIGTERM', () => void server.stop());
