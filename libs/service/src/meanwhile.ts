import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { refusedAddress, type ListenOptions } from './listen.js';

/** What answers on the service's port until the service itself does. */
export interface Meanwhile {
  /** What it is busy with: `Migrating 3 of 7: AddNote1795300000000`. The reason that readiness gives. */
  say(text: string): void;
  /** Gives the port up. */
  close(): Promise<void>;
}

/**
 * Answers on the service's port while it migrates: /health/live says that the process lives, so that nobody kills it in the middle of a
 * long migration; /health, /health/ready and everything else are 503 with the reason. Nothing else of the service is loaded for it.
 * @throws PortUnavailableError that names the variable
 */
export async function answerMeanwhile({ host, port, variable }: ListenOptions): Promise<Meanwhile> {
  let reason = 'starting';
  const server = createServer((request, response) => answer(request, response, reason));
  await listening(server, { host, port, variable });
  return {
    say: (text) => {
      reason = text;
    },
    close: async () => {
      const closed = new Promise<void>((resolve, reject) => server.close((error) => (error === undefined ? resolve() : reject(error))));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listening(server: Server, wanted: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(refusedAddress(wanted, error) ?? error));
    server.listen(wanted.port, wanted.host, resolve);
  });
}

function answer(request: IncomingMessage, response: ServerResponse, reason: string): void {
  const path = request.url?.split('?', 1)[0];
  response.setHeader('Cache-Control', 'no-store').setHeader('Connection', 'close');
  if (path === '/health/live') {
    send(response, 200, 'application/json', { status: 'ok' });
    return;
  }
  response.setHeader('Retry-After', '1');
  if (path === '/health' || path === '/health/ready') send(response, 503, 'application/json', { status: 'error', reason });
  else send(response, 503, 'application/problem+json', { type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'NOT_READY', detail: reason });
}

function send(response: ServerResponse, status: number, type: string, body: object): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` }).end(JSON.stringify(body));
}
