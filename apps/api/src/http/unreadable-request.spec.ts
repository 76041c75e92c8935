import { connect } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { listen } from '#service';
import { fastifyAdapter, installHttp } from './install-http.js';
import { ProblemFilter } from './problem.filter.js';

@Module({})
class EmptyModule {}

describe('what is no readable HTTP request', () => {
  let app: NestFastifyApplication;
  let url: string;
  beforeAll(async () => {
    const filter = new ProblemFilter();
    app = await NestFactory.create<NestFastifyApplication>(EmptyModule, fastifyAdapter(filter, []), { bodyParser: false, logger: false });
    installHttp(app, filter);
    url = await listen(app, { host: '127.0.0.1', port: 0, variable: 'PORT' });
  });
  afterAll(() => app.close());

  function send(text: string): Promise<string> {
    const port = Number(new URL(url).port);
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      socket.on('close', () => resolve(answer)).on('error', reject);
    });
  }

  it.each([
    ['a method that does not exist', 'FOO / HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'BAD_REQUEST'],
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'BAD_REQUEST'],
    ['headers that never end', `GET / HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
  ])('%s: is answered by a problem with a request id, and the connection ends', async (_name, text, status, code) => {
    const [head = '', body = ''] = (await send(text)).split('\r\n\r\n');
    const problem = JSON.parse(body) as { readonly requestId: string };
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json');
    expect(problem).toMatchObject({ status, code });
    expect(head).toContain(`x-request-id: ${problem.requestId}`);
  });
});
