import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = process.cwd();
const DIST = /^dist\/(.+)\.js$/;

/** The source of a compiled file, or the path itself. */
function sourceOf(path: string): string {
  const [, compiled] = DIST.exec(path) ?? [];
  return compiled === undefined ? path : `${compiled}.ts`;
}

function isTracked(path: string): boolean {
  return existsSync(join(root, path)) && execFileSync('git', ['ls-files', '--', path], { cwd: root, encoding: 'utf8' }) !== '';
}

interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly command?: readonly string[]; readonly build?: string }>>;
}

describe('the container files', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');

  it('copies only files that exist', () => {
    const copied = dockerfile.filter((line) => line.startsWith('COPY ') && !line.includes('--from=')).flatMap((line) => line.split(/\s+/).slice(1, -1));

    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !isTracked(path))).toEqual([]);
  });

  it('runs without root', () => {
    const last = dockerfile.filter((line) => line.startsWith('USER ')).at(-1);

    expect(last).toBe('USER node');
  });

  it('starts only programs that exist', () => {
    const compose = parse(readFileSync(join(root, 'compose.yaml'), 'utf8')) as ComposeFile;
    const own = Object.values(compose.services).filter(({ build }) => build !== undefined);
    const fromCompose = own.flatMap(({ command }) => command?.filter((word) => DIST.test(word)) ?? []);
    const fromImage = dockerfile
      .filter((line) => line.startsWith('CMD '))
      .flatMap((line) => [...line.matchAll(/"(dist\/[^"]+)"/g)].map(([, path]) => path ?? ''));

    expect(fromCompose).toHaveLength(own.length);
    expect([...fromCompose, ...fromImage].filter((path) => !isTracked(sourceOf(path)))).toEqual([]);
  });
});
