import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Transform, Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { pino } from 'pino';
import { currentContext, PlinthError } from '#database';
import { call, type Answer } from '../../test/support/http-client.js';
import { fastifyAdapter, installHttp } from './install-http.js';
import { IdParameter, PageQuery } from './paging.dto.js';
import { ProblemFilter } from './problem.filter.js';
import { trimmed } from './transforms.js';

class Part {
  @IsInt()
  readonly size: number;
}

class Thing {
  @Transform(trimmed)
  @IsString()
  @MaxLength(10)
  readonly name: string;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Part)
  readonly parts?: Part[];
}

class OperatorError extends PlinthError {
  readonly code = 'DISK_FULL';
  readonly family = 'operator';
  override readonly httpStatus = 503;
  constructor() {
    super('The disk /secret/path is full.');
  }
}

let thrown: unknown;

@Controller('things')
class ThingsController {
  @Post()
  create(@Body() body: Thing): object {
    return { body, isThing: body instanceof Thing, requestId: currentContext()?.requestId };
  }

  @Get()
  list(@Query() query: PageQuery): object {
    return query;
  }

  @Get('fail/now')
  fail(): never {
    throw thrown;
  }

  @Get(':id')
  get(@Param() { id }: IdParameter): object {
    return { id };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

const lines: string[] = [];
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  const filter = new ProblemFilter(pino({}, { write: (line: string) => void lines.push(line) }));
  app = await NestFactory.create<NestFastifyApplication>(ThingsModule, fastifyAdapter(filter, []), { bodyParser: false, logger: false, abortOnError: false });
  installHttp(app, filter);
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});

afterAll(() => app.close());
beforeEach(() => lines.splice(0));

function send(method: 'GET' | 'POST', path: string, raw?: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Answer> {
  return call(url, method, path, { raw, headers });
}

const ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';

describe('a request', () => {
  it('keeps its context while the body is read, and echoes a sane id', async () => {
    const answer = await send('POST', '/v1/things', '{"name":"a"}', { 'x-request-id': 'abc-1' });
    expect(answer).toMatchObject({ status: 201, headers: { 'x-request-id': 'abc-1' }, body: { requestId: 'abc-1', isThing: true } });
  });

  it('gets an id of ours in place of one that is not sane', async () => {
    for (const bad of ['', 'a b', 'x'.repeat(200), 'a"b', '../..']) {
      const answer = await send('GET', '/v1/things', undefined, { 'x-request-id': bad });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('input that breaks a rule answers 4xx and names the field', () => {
  const deep = `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const table: readonly [string, 'GET' | 'POST', string, string | Uint8Array<ArrayBuffer> | undefined, number, string, string | undefined][] = [
    ['an unknown property', 'POST', '/v1/things', '{"name":"a","nmae":1}', 400, 'VALIDATION_FAILED', 'nmae'],
    ['__proto__', 'POST', '/v1/things', '{"name":"a","__proto__":{"x":1}}', 400, 'VALIDATION_FAILED', '__proto__'],
    ['a wrong type', 'POST', '/v1/things', '{"name":5}', 400, 'VALIDATION_FAILED', 'name'],
    ['a missing property', 'POST', '/v1/things', '{}', 400, 'VALIDATION_FAILED', 'name'],
    ['no body', 'POST', '/v1/things', undefined, 400, 'VALIDATION_FAILED', 'name'],
    ['a text that is too long', 'POST', '/v1/things', '{"name":"abcdefghijk"}', 400, 'VALIDATION_FAILED', 'name'],
    ['a wrong type inside a list', 'POST', '/v1/things', '{"name":"a","parts":[{"size":1},{"size":"2"}]}', 400, 'VALIDATION_FAILED', 'parts[1].size'],
    ['a list in place of an object', 'POST', '/v1/things', '[]', 400, 'VALIDATION_FAILED', 'body'],
    ['a text in place of an object', 'POST', '/v1/things', '"name"', 400, 'VALIDATION_FAILED', 'body'],
    ['a NUL character', 'POST', '/v1/things', '{"name":"a\\u0000b"}', 400, 'VALIDATION_FAILED', 'name'],
    ['a NUL character in a name', 'POST', '/v1/things', '{"na\\u0000me":1}', 400, 'VALIDATION_FAILED', 'na\uFFFDme'],
    ['half a surrogate pair', 'POST', '/v1/things', '{"name":"\\ud800"}', 400, 'VALIDATION_FAILED', 'name'],
    ['a NUL character in the query', 'GET', '/v1/things?cursor=a%00', undefined, 400, 'VALIDATION_FAILED', 'cursor'],
    ['a NUL character in the path', 'GET', '/v1/things/a%00', undefined, 400, 'VALIDATION_FAILED', 'id'],
    ['a bad UUID', 'GET', '/v1/things/17', undefined, 400, 'VALIDATION_FAILED', 'id'],
    ['a huge limit', 'GET', '/v1/things?limit=99999999999999999999', undefined, 400, 'VALIDATION_FAILED', 'limit'],
    ['a limit above the largest page', 'GET', '/v1/things?limit=101', undefined, 400, 'VALIDATION_FAILED', 'limit'],
    ['two limits', 'GET', '/v1/things?limit=1&limit=2', undefined, 400, 'VALIDATION_FAILED', 'limit'],
    ['an unknown parameter', 'GET', '/v1/things?offset=1', undefined, 400, 'VALIDATION_FAILED', 'offset'],
    ['deep nesting', 'POST', '/v1/things', deep, 400, 'VALIDATION_FAILED', undefined],
    ['malformed JSON', 'POST', '/v1/things', '{"name":', 400, 'MALFORMED_JSON', undefined],
    ['bytes that are no UTF-8', 'POST', '/v1/things', Uint8Array.from([0x7b, 0xff, 0x7d]), 400, 'MALFORMED_JSON', undefined],
    ['more than 1 MB', 'POST', '/v1/things', `{"name":"${'x'.repeat(1_100_000)}"}`, 413, 'BODY_TOO_LARGE', undefined],
    ['a path that cannot be decoded', 'GET', '/v1/things/%zz', undefined, 400, 'BAD_REQUEST', undefined],
    ['a part of the path that is too long', 'GET', `/v1/things/${'x'.repeat(300)}`, undefined, 414, 'URL_TOO_LONG', undefined],
    ['an unknown route', 'GET', '/v1/nothing', undefined, 404, 'ROUTE_NOT_FOUND', undefined],
  ];

  it.each(table)('%s', async (_name, method, url, payload, status, code, field) => {
    const answer = await send(method, url, payload);
    expect(answer).toMatchObject({ status, body: { status, code, requestId: answer.headers['x-request-id'] } });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    if (field !== undefined) expect(answer.body['errors']).toContainEqual(expect.objectContaining({ field }));
    expect(lines).toEqual([]);
  });

  it.each(['constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf', 'then', 'length', '__defineGetter__', '0', ''])(
    'a property named %p',
    async (name) => {
      for (const value of [1, 'x', null, { a: 1 }, [1]]) {
        expect(await send('POST', '/v1/things', JSON.stringify({ name: 'a', [name]: value }))).toMatchObject({
          status: 400,
          body: { code: 'VALIDATION_FAILED' },
        });
      }
    },
  );

  it('whatever JSON is sent, never 500', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.jsonValue(), fc.record({ name: fc.jsonValue(), parts: fc.jsonValue() }, { requiredKeys: [] }), fc.object()),
        async (value) => {
          const { status } = await send('POST', '/v1/things', JSON.stringify(value));
          expect([201, 400]).toContain(status);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('another type of body answers 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect(await send('POST', '/v1/things', 'name=a', { 'content-type': type })).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
    }
  });

  it('takes a valid id, and numbers in a query as numbers', async () => {
    expect(await send('GET', `/v1/things/${ID}`)).toMatchObject({ status: 200, body: { id: ID } });
    expect((await send('GET', '/v1/things?limit=7')).body).toEqual({ limit: 7 });
  });
});

describe('an error of a handler', () => {
  const withState = (code: string): Error => Object.assign(new Error('secret constraint'), { code });
  const cases: readonly [string, unknown, number, string, number][] = [
    ['a surprise', new Error('secret'), 500, 'INTERNAL_ERROR', 1],
    ['something that is no error', 'secret', 500, 'INTERNAL_ERROR', 1],
    ['an error of the operator', new OperatorError(), 503, 'DISK_FULL', 1],
    ['a NUL character in PostgreSQL', withState('22021'), 400, 'INVALID_TEXT', 0],
    ['a duplicate in PostgreSQL', withState('23505'), 409, 'ALREADY_EXISTS', 0],
    ['a number out of range', withState('22003'), 400, 'NUMBER_OUT_OF_RANGE', 0],
    ['a missing privilege', withState('42501'), 500, 'INTERNAL_ERROR', 1],
    ['a wrapped error of PostgreSQL', new Error('secret', { cause: withState('40001') }), 503, 'CONCURRENT_CHANGE', 1],
    ['a database that is gone', withState('ECONNREFUSED'), 503, 'DATABASE_UNAVAILABLE', 1],
  ];

  it.each(cases)('%s tells nothing of the inside', async (_name, error, status, code, logged) => {
    thrown = error;
    const answer = await send('GET', '/v1/things/fail/now');
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    expect(lines).toHaveLength(logged);
    if (status === 503) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});
