import { AgentDirectoryRefusedError, GitBranchRefusedError, GitUrlRefusedError } from '../errors.js';
import { checkAgentDirectory } from './agent-directory.js';
import { checkBranch } from './branch.js';
import { checkGitUrl } from './git-url.js';

const ALL = ['https', 'http', 'file'] as const;

describe('the address of a repository', () => {
  it.each([
    'https://github.com/wshobson/agents',
    'https://git.example.com:8443/a/b.git',
    'http://localhost:3000/x.git',
    'http://127.0.0.1/x',
    'http://[::1]:80/x',
    'file:///srv/agents.git',
  ])('may be %s', (url) => expect(checkGitUrl(url, ALL)).toBe(url));

  it.each([
    '',
    'agents',
    '/srv/agents.git',
    'git@github.com:a/b.git',
    'ssh://git@github.com/a/b',
    'git://github.com/a/b',
    'ext::sh -c id',
    'fd::17',
    '--upload-pack=id',
    '-u',
    'http://2130706434/a',
    'HTTPS://github.com/a/b',
    'FILE:///srv/a',
    'https://user@github.com/a',
    'https://user:secret@github.com/a',
    'https://github.com',
    'https://github.com/',
    'https://github.com/a?x=1',
    'https://github.com/a#x',
    'https://github.com\\@10.0.0.1/a',
    'http://localhost\\@10.0.0.1/a',
    'https://a b/c',
    'https://a\n.com/b',
    'http://example.com/a',
    'http://127.0.0.1.example.com/a',
    'file://host/srv/a',
    'file:srv',
    'ftp://a/b',
    'javascript:alert(1)',
    `https://a.com/${'x'.repeat(1024)}`,
  ])('is refused: %j', (url) => expect(() => checkGitUrl(url, ALL)).toThrow(GitUrlRefusedError));

  it('is refused where its protocol is not allowed', () => {
    expect(() => checkGitUrl('file:///srv/a', ['https'])).toThrow(/"file:" is not allowed here. Allowed: https/);
    expect(() => checkGitUrl('http://localhost/a', ['https'])).toThrow(GitUrlRefusedError);
  });
});

describe('a branch', () => {
  it.each(['main', 'feature/x', 'v1.2', 'ä', 'a@b', 'HEAD'])('may be %s', (name) => expect(checkBranch(name)).toBe(name));
  it.each([
    '',
    '-main',
    '--upload-pack=x',
    'a b',
    'a..b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    '@',
    'a@{1}',
    'a/',
    '/a',
    'a//b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a.',
    'a\0b',
    'a\nb',
    '\ud800',
    'x'.repeat(256),
  ])('is refused: %j', (name) => expect(() => checkBranch(name)).toThrow(GitBranchRefusedError));
});

describe('an agent directory', () => {
  it.each([
    ['agents', 'agents'],
    ['./agents/', 'agents'],
    ['a/b c', 'a/b c'],
    ['a*', 'a*'],
  ])('may be %s', (path, kept) => expect(checkAgentDirectory(path)).toBe(kept));
  it('may be left out', () => expect(checkAgentDirectory(null)).toBeNull());
  it.each(['', '.', '/', '/etc', '..', '../x', 'a/../b', 'a/./b', 'a//b', 'a\\b', 'a\0', 'x'.repeat(256)])('is refused: %j', (path) =>
    expect(() => checkAgentDirectory(path)).toThrow(AgentDirectoryRefusedError),
  );
});
