import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { SelfSigned } from './self-signed.js';

/** A Git server on the loopback interface, HTTP or, with a certificate, HTTPS. */
export interface GitServer {
  readonly port: number;
  /** Paths asked for, in order. */
  readonly requests: readonly string[];
  /** The Authorization of each request, in order. */
  readonly authorizations: readonly (string | undefined)[];
  close(): Promise<void>;
}

/** Serves the repositories below `root` by Git's own `http-backend`. */
export function serveRepositories(root: string, tls?: SelfSigned): Promise<GitServer> {
  return serve((request, response) => backend(root, request, response), tls);
}

/** Who may read from a server that asks. */
export interface BasicAuth {
  readonly username: string;
  readonly password: string;
}

export interface PasswordServerOptions {
  readonly tls?: SelfSigned;
  /** Called before each request is answered, while the client waits. */
  readonly onRequest?: () => void;
}

/** Serves the repositories below `root` to whoever knows the password; others are asked for it, and told in the answer what they sent. */
export function serveWithPassword(root: string, { username, password }: BasicAuth, options: PasswordServerOptions = {}): Promise<GitServer> {
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return serve((request, response) => {
    options.onRequest?.();
    const sent = request.headers.authorization;
    if (sent === wanted) backend(root, request, response);
    else response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"', 'Content-Type': 'text/plain' }).end(`you sent ${sent ?? 'nothing'}\n`);
  }, options.tls);
}

/** Serves whatever `listener` answers. */
export async function serve(listener: RequestListener, tls?: SelfSigned): Promise<GitServer> {
  const requests: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const recorded: RequestListener = (request, response) => {
    requests.push(request.url ?? '');
    authorizations.push(request.headers.authorization);
    listener(request, response);
  };
  const server: Server = tls === undefined ? createServer(recorded) : createTlsServer(tls, recorded);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    authorizations,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function backend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const program = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');
  const child = spawn(program, {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: searchParams.toString(),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      HOME: root,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    const headers = output
      .toString('latin1', 0, end)
      .split('\r\n')
      .map((line) => line.split(': ', 2));
    for (const [name = '', value = ''] of headers) {
      if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.end(output.subarray(end + 4));
  });
}
