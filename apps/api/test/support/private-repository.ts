import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';

/** A Git repository with one agent, behind a server on this machine that asks for a password. */
export interface PrivateRepository {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a repository as plain files. Whoever does not know the password is told what they sent. */
export async function servePrivateRepository({ username, password }: { readonly username: string; readonly password: string }): Promise<PrivateRepository> {
  const folder = mkdtempSync(join(tmpdir(), 'plinth-private-'));
  commitAgent(folder);
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    const sent = request.headers.authorization;
    if (sent !== wanted) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"', 'Content-Type': 'text/plain' }).end(`you sent ${sent ?? 'nothing'}\n`);
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    try {
      response.end(readFileSync(join(folder, normalize(pathname))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/.git`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
        rmSync(folder, { recursive: true, force: true });
      }),
  };
}

function commitAgent(folder: string): void {
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Test', '-c', 'user.email=test@example.test', ...args], { stdio: 'pipe' });
  git('init', '--quiet', '-b', 'main');
  writeFileSync(join(folder, 'helper.md'), '---\nname: helper\n---\nYou help.\n');
  git('add', '--all');
  git('commit', '--quiet', '-m', 'Add');
  git('repack', '-a', '-d', '--quiet');
  git('update-server-info');
}
