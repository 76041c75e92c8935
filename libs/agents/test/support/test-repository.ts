import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A real Git repository with a work tree, in a folder of its own. */
export class TestRepository {
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'plinth-repository-'));
    this.git('init', '--quiet', '-b', 'main');
  }

  get url(): string {
    return pathToFileURL(this.folder).href;
  }

  /** Writes a file; folders are made. */
  write(path: string, content: string | Buffer): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Commits all that is in the folder. @returns the commit. */
  commit(message: string): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.head();
  }

  /** Writes and commits. */
  commitFiles(files: Readonly<Record<string, string | Buffer>>, message = 'Change'): string {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    return this.commit(message);
  }

  head(): string {
    return this.git('rev-parse', 'HEAD');
  }

  /** Runs git in the folder, without anybody's configuration. @returns what it said, trimmed. */
  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'Test',
        GIT_AUTHOR_EMAIL: 'test@example.test',
        GIT_COMMITTER_NAME: 'Test',
        GIT_COMMITTER_EMAIL: 'test@example.test',
      },
    }).trim();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The text of an agent file. */
export function agentFile(fields: Readonly<Record<string, string>>, body = 'You help.'): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return ['---', ...lines, '---', '', body, ''].join('\n');
}
