import { GitBranchRefusedError } from '../errors.js';

const MAX_LENGTH = 255;

/**
 * A branch name by the rules of git-check-ref-format, or an error that says which one it breaks.
 * @throws GitBranchRefusedError
 */
export function checkBranch(name: string): string {
  const reason = reasonAgainst(name);
  if (reason !== undefined) throw new GitBranchRefusedError(reason);
  return name;
}

function reasonAgainst(name: string): string | undefined {
  if (name === '') return 'it is empty.';
  if (name.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters.`;
  if (name.startsWith('-')) return 'it begins with "-".';
  if (/[\s\p{Cc}\p{Surrogate}~^:?*[\\]/u.test(name)) return 'it holds white space, a control character or one of ~ ^ : ? * [ \\.';
  if (name.includes('..') || name.includes('@{') || name === '@') return 'it holds ".." or "@{", or is "@".';
  if (name.endsWith('.')) return 'it ends with ".".';
  if (name.split('/').some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock'))) {
    return 'a part between slashes is empty, begins with "." or ends with ".lock".';
  }
  return undefined;
}
