import { AgentDirectoryRefusedError } from '../errors.js';

const MAX_LENGTH = 255;

/**
 * A folder inside the repository, without slashes at its ends; null stays null.
 * @throws AgentDirectoryRefusedError
 */
export function checkAgentDirectory(path: string | null): string | null {
  if (path === null) return null;
  const folder = path.replace(/^\.\//, '').replace(/\/+$/, '');
  const reason = reasonAgainst(folder);
  if (reason !== undefined) throw new AgentDirectoryRefusedError(reason);
  return folder;
}

function reasonAgainst(folder: string): string | undefined {
  if (folder === '' || folder === '.') return 'it is empty. For the whole repository set "isRoot" instead.';
  if (folder.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters.`;
  if (folder.startsWith('/')) return 'it is an absolute path.';
  if (/[\p{Cc}\p{Surrogate}\\]/u.test(folder)) return 'it holds a control character or a backslash.';
  if (folder.split('/').some((part) => part === '' || part === '.' || part === '..')) return 'a part between slashes is empty, "." or "..".';
  return undefined;
}
