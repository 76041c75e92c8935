import type { GitProtocol } from '#database';
import { GitUrlRefusedError } from '../errors.js';

const MAX_LENGTH = 1024;
/** Only what every URL parser reads alike: this code and curl must agree on which host is meant. */
const PLAIN_REMOTE = /^https?:\/\/(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?\/[^\\]*$/;
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The address of a repository as it is stored, or an error that says what is wrong with it. https anywhere (where it leads
 * is checked when it is dialled); http to this machine only; file with an absolute path. Credentials in an address are
 * refused: they would be stored and shown in the clear.
 * @throws GitUrlRefusedError
 */
export function checkGitUrl(text: string, allowed: readonly GitProtocol[]): string {
  if (text.length > MAX_LENGTH) throw new GitUrlRefusedError(`it is longer than ${MAX_LENGTH} characters.`);
  if (text.startsWith('-')) throw new GitUrlRefusedError('it begins with "-".');
  if (hasControlOrSpace(text)) throw new GitUrlRefusedError('it holds white space or control characters.');
  if (!URL.canParse(text)) throw new GitUrlRefusedError(`it is no URL. Allowed: ${allowed.map((name) => `${name}://…`).join(', ')}`);
  const url = new URL(text);
  const protocol = allowed.find((name) => `${name}:` === url.protocol);
  if (protocol === undefined) throw new GitUrlRefusedError(`"${url.protocol}" is not allowed here. Allowed: ${allowed.join(', ')}.`);
  if (url.username !== '' || url.password !== '') throw new GitUrlRefusedError('it holds credentials.');
  if (url.search !== '' || url.hash !== '') throw new GitUrlRefusedError('it holds a query or a fragment.');
  if (protocol === 'file') checkFile(url, text);
  else checkRemote(url, text, protocol);
  return text;
}

function checkFile(url: URL, text: string): void {
  if (url.host !== '' || !text.startsWith('file:///'))
    throw new GitUrlRefusedError('file:// takes an absolute path of this machine, as in file:///srv/agents.git.');
}

function checkRemote(url: URL, text: string, protocol: 'https' | 'http'): void {
  if (protocol === 'http' && !LOOPBACK_HOSTS.has(url.hostname)) throw new GitUrlRefusedError('http reaches this machine only (localhost). Use https.');
  if (url.pathname === '/' || url.pathname === '') throw new GitUrlRefusedError('it names a host but no repository.');
  if (!PLAIN_REMOTE.test(text)) throw new GitUrlRefusedError('its host is not written plainly, as in https://host.example/group/name.git.');
}

function hasControlOrSpace(text: string): boolean {
  return /[\s\p{Cc}]/u.test(text);
}
