import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The two repositories that PLINTH_CHAOS_REPOSITORIES names, or two made in `folder`, with agents whose prompts make them work. */
export function chaosRepositories(folder: string): readonly string[] {
  const named = (process.env['PLINTH_CHAOS_REPOSITORIES'] ?? '').split(',').filter((url) => url !== '');
  if (named.length !== 0 && named.length !== 2) throw new Error(`PLINTH_CHAOS_REPOSITORIES names ${named.length} repositories, and takes two.`);
  return named.length > 0 ? named : ['readers', 'writers'].map((name) => madeRepository(join(folder, name), name));
}

/** The branch that a repository's HEAD names. */
export function branchOf(gitUrl: string): string {
  const answer = execFileSync('git', ['ls-remote', '--symref', gitUrl, 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(answer)?.[1] ?? 'main';
}

function madeRepository(path: string, kind: string): string {
  const git = (...args: string[]): unknown => execFileSync('git', ['-C', path, '-c', 'user.name=Test', '-c', 'user.email=test@example.test', ...args]);
  mkdirSync(path);
  for (let index = 0; index < 3; index += 1) writeFileSync(join(path, `${kind}-${index}.md`), agentFile(`${kind}-${index}`));
  git('init', '--quiet', '-b', 'main');
  git('add', '--all');
  git('commit', '--quiet', '-m', 'Add');
  return pathToFileURL(path).href;
}

function agentFile(name: string): string {
  return `---\nname: ${name}\ntools: [write_data, read_data]\n---\nYou keep notes.\n/call write_data {"key":"${name}","value":1}\n/call read_data {"key":"${name}"}\n`;
}
