import { createServer, type AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { listen } from './listen.js';

@Module({})
class EmptyModule {}

describe('listening', () => {
  let app: NestFastifyApplication;
  beforeEach(async () => {
    app = await NestFactory.create<NestFastifyApplication>(EmptyModule, new FastifyAdapter(), { logger: false });
  });
  afterEach(() => app.close());

  it('answers under the URL it returns', async () => {
    const url = await listen(app, { host: '127.0.0.1', port: 0, variable: 'PORT' });
    expect((await fetch(url)).status).toBe(404);
  });

  it.each(['PORT', 'WORKER_PORT'] as const)('on a taken port says which one, and that %s changes it', async (variable) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(listen(app, { host: '127.0.0.1', port, variable })).rejects.toMatchObject({
      code: 'PORT_UNAVAILABLE',
      family: 'operator',
      message: expect.stringMatching(new RegExp(`^Port ${port} on "127.0.0.1" is already in use\\. Set ${variable} to`)),
    });
    await new Promise((resolve) => other.close(resolve));
  });

  it('on an address of another machine says so, and which variable holds it', async () => {
    await expect(listen(app, { host: '192.0.2.1', port: 0, variable: 'WORKER_PORT' })).rejects.toMatchObject({
      code: 'PORT_UNAVAILABLE',
      message: '"192.0.2.1" is no address of this machine. Set WORKER_HOST to one that is.',
    });
  });
});
