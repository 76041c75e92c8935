import { request } from 'node:http';
import { call, type Call } from './http-client.js';

/** When the client goes away: before the body is complete, once all is sent, or while the API works on it. */
export type AbortMoment = 'in the body' | 'when sent' | 'under way';

/** Sends a request whose answer nobody waits for: the socket is destroyed at `moment`. Resolves when it is closed. */
export async function abandon(
  baseUrl: string,
  method: string,
  path: string,
  { token, json }: Pick<Call, 'token' | 'json'>,
  moment: AbortMoment,
): Promise<void> {
  const body = json === undefined ? '' : JSON.stringify(json);
  const outgoing = request(baseUrl + path, {
    method,
    agent: false,
    headers: {
      authorization: `Bearer ${token ?? ''}`,
      ...(body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    },
  });
  const closed = new Promise<void>((resolve) => outgoing.once('close', resolve));
  outgoing.on('error', () => undefined);
  outgoing.on('response', (response) => response.resume());
  if (moment === 'in the body' && body !== '') {
    await new Promise<void>((resolve) => outgoing.write(body.slice(0, -1), () => resolve()));
  } else {
    await new Promise<void>((resolve) => outgoing.end(body, resolve));
    // Answered by the same thread after it has taken up the request above.
    if (moment === 'under way') await call(baseUrl, 'GET', '/health/live');
  }
  outgoing.destroy();
  await closed;
}
