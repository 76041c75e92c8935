import { createServer, type AddressInfo } from 'node:net';
import { answerMeanwhile, type Meanwhile } from './meanwhile.js';

describe('what answers while a service migrates', () => {
  let port: number;
  let meanwhile: Meanwhile;

  beforeEach(async () => {
    port = await freePort();
    meanwhile = await answerMeanwhile({ host: '127.0.0.1', port, variable: 'PORT' });
  });
  afterEach(() => meanwhile.close().catch(() => undefined));

  const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`, init);

  it('lives, and says why it is not ready', async () => {
    meanwhile.say('Migrating 3 of 7: AddNote1795300000000');
    const live = await ask('/health/live');
    expect({ status: live.status, body: await live.json() }).toEqual({ status: 200, body: { status: 'ok' } });
    for (const path of ['/health', '/health/ready', '/health/ready?verbose']) {
      const ready = await ask(path);
      expect({ status: ready.status, body: await ready.json() }).toEqual({
        status: 503,
        body: { status: 'error', reason: 'Migrating 3 of 7: AddNote1795300000000' },
      });
    }
  });

  it('sends everybody else away with a problem, to come again', async () => {
    const answer = await ask('/v1/agents', { method: 'POST', body: '{}' });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 503, code: 'NOT_READY' });
  });

  it('gives the port up at once, also with connections open', async () => {
    await ask('/health/live', { headers: { connection: 'keep-alive' } });
    await meanwhile.close();
    const next = await answerMeanwhile({ host: '127.0.0.1', port, variable: 'PORT' });
    expect((await ask('/health/live')).status).toBe(200);
    await next.close();
  });

  it('on a taken port says which one, and what changes it', async () => {
    await expect(answerMeanwhile({ host: '127.0.0.1', port, variable: 'WORKER_PORT' })).rejects.toMatchObject({
      code: 'PORT_UNAVAILABLE',
      message: expect.stringContaining('Set WORKER_PORT to a free port'),
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
