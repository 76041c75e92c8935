import { Controller, Get, Module, Patch } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { listen } from '#service';
import { fastifyAdapter, installHttp } from '../install-http.js';
import { ProblemFilter } from '../problem.filter.js';
import { IfMatch, Versioned } from './index.js';

@Versioned()
@Controller('things')
class ThingsController {
  @Get('one')
  one(): object {
    return { name: 'one', version: 7 };
  }

  @Get('list')
  list(): object {
    return { items: [{ version: 1 }] };
  }

  @Patch('one')
  change(@IfMatch() version: number): object {
    return { name: 'one', version: version + 1 };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  const filter = new ProblemFilter();
  app = await NestFactory.create<NestFastifyApplication>(ThingsModule, fastifyAdapter(filter, []), { bodyParser: false, logger: false });
  installHttp(app, filter);
  url = `${await listen(app, { host: '127.0.0.1', port: 0, variable: 'PORT' })}/v1/things`;
});
afterAll(() => app.close());

describe('what has a version', () => {
  it('says it as its ETag, in what is read and what is changed', async () => {
    expect((await fetch(`${url}/one`)).headers.get('etag')).toBe('"7"');
    const changed = await fetch(`${url}/one`, { method: 'PATCH', headers: { 'if-match': '"7"' } });
    expect(changed.headers.get('etag')).toBe('"8"');
    expect((await fetch(`${url}/list`)).headers.get('etag')).toBeNull();
  });

  it.each([
    ['"7"', 304],
    ['W/"7"', 304],
    ['"1", "7"', 304],
    ['*', 304],
    ['"6"', 200],
    ['7', 200],
  ])('read with If-None-Match: %s is answered %d', async (tags, status) => {
    const answer = await fetch(`${url}/one`, { headers: { 'if-none-match': tags } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('etag')).toBe('"7"');
    expect(await answer.text()).toBe(status === 304 ? '' : '{"name":"one","version":7}');
  });
});
