import { createServer, type AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { listen } from './listen.js';

@Module({})
class EmptyModule {}

function application(): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(EmptyModule, new FastifyAdapter(), { logger: false });
}

describe('listening', () => {
  it('answers under the URL it returns', async () => {
    const app = await application();
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    expect((await fetch(url)).status).toBe(404);
    await app.close();
  });

  it('on a taken port says which one and which variable changes it', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const failed = listen(await application(), { host: '127.0.0.1', port });
    await expect(failed).rejects.toMatchObject({ code: 'PORT_UNAVAILABLE', family: 'operator', message: expect.stringMatching(new RegExp(`Port ${port} .*Set PORT`)) });
    await new Promise((resolve) => other.close(resolve));
  });

  it('on an address of another machine says so', async () => {
    await expect(listen(await application(), { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({ code: 'PORT_UNAVAILABLE', message: expect.stringContaining('192.0.2.1') });
  });
});
