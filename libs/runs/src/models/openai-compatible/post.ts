import { Agent as HttpAgent, request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { ModelCallError } from '../errors.js';
import type { CallEnding } from './call-ending.js';
import { NotCarriedOutError } from './not-carried-out.js';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connectTimeoutMs: number;
  readonly firstByteTimeoutMs: number;
  readonly ending: CallEnding;
}

/**
 * A connection for each call: one that was kept and that the endpoint closes at the same moment would leave it open whether the
 * call was carried out. TLS sessions are resumed.
 */
const AGENTS = { 'http:': new HttpAgent({ keepAlive: false }), 'https:': new HttpsAgent({ keepAlive: false }) };

/**
 * Sends a POST and gives the answer when its head is there; redirects are not followed. Node's own client and not `fetch`, which
 * does not say whether a call that failed was ever connected, and waits for its own 300 seconds at most.
 * @throws NotCarriedOutError before there is a connection, ModelCallError afterwards.
 */
export function post(options: Post): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = open(options);
    let isConnected = false;
    const fail = (error: Error): void => void request.destroy(error);
    let timer = setTimeout(() => fail(new Error(`no connection within ${options.connectTimeoutMs} ms`)), options.connectTimeoutMs);
    const end = (): void => fail(options.ending.error(isConnected));
    options.ending.signal.addEventListener('abort', end, { once: true });

    whenConnected(request, () => {
      isConnected = true;
      clearTimeout(timer);
      timer = setTimeout(() => fail(firstByteError(options)), options.firstByteTimeoutMs);
    });
    request.once('response', (response) => {
      clearTimeout(timer);
      options.ending.signal.removeEventListener('abort', end);
      // Whoever reads the answer is told; without a listener the process would end.
      response.on('error', () => undefined);
      options.ending.signal.addEventListener('abort', () => response.destroy(options.ending.error(true)), { once: true });
      resolve(response);
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      options.ending.signal.removeEventListener('abort', end);
      reject(failure(error, isConnected));
    });
    if (options.ending.signal.aborted) end();
    else request.end(options.body);
  });
}

function open({ url, headers }: Post): ClientRequest {
  const target = new URL(url);
  if (target.protocol === 'https:') return requestHttps(target, { method: 'POST', headers, agent: AGENTS['https:'] });
  return requestHttp(target, { method: 'POST', headers, agent: AGENTS['http:'] });
}

/** Nothing of the request is sent before `listener` runs. */
function whenConnected(request: ClientRequest, listener: () => void): void {
  request.once('socket', (socket) => socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', listener));
}

function firstByteError({ firstByteTimeoutMs }: Post): ModelCallError {
  return new ModelCallError('unknown', `it did not begin to answer within ${firstByteTimeoutMs} ms (MODEL_FIRST_BYTE_TIMEOUT_MS).`);
}

function failure(error: Error, isConnected: boolean): Error {
  if (error instanceof ModelCallError) return error;
  if (!isConnected) return new NotCarriedOutError(`there is no connection to it (${codeOf(error)}). Is MODEL_BASE_URL right?`, undefined, error);
  return new ModelCallError('unknown', `the connection broke before its answer (${codeOf(error)}).`, error);
}

function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : error.message;
}
