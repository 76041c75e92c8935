import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '#database';

/**
 * Notes every route that the application answers with success, for scripts/lib/operations-reporter.mjs, which sees that tests use
 * all of them. @returns what writes the notes down
 */
export function noteAnswers(app: NestFastifyApplication): () => void {
  const folder = process.env['PLINTH_TEST_ANSWERED'];
  const answered = new Set<string>();
  const note = ({ method, routeOptions }: { method: string; routeOptions: { url?: string } }, { statusCode }: { statusCode: number }): void => {
    if (statusCode < 400 && routeOptions.url !== undefined) answered.add(`${method} ${routeOptions.url}`);
  };
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      note(request, reply);
      done();
    });
  return () => {
    if (folder !== undefined && answered.size > 0) appendFileSync(join(folder, newId()), `${[...answered].join('\n')}\n`);
  };
}
