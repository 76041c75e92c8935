import { SyncFailedError, type SyncFailureCode } from '../sync/sync-failure.js';
import type { GitCommandError } from './run-git.js';

interface Cause {
  readonly says: RegExp;
  readonly code: SyncFailureCode;
  readonly message: string;
}

/** What `git fetch` says (in the C locale) when the other side is the reason. Git has no codes for these. The first match counts. */
const CAUSES: readonly Cause[] = [
  { says: /couldn't find remote ref/i, code: 'BRANCH_NOT_FOUND', message: 'The branch is not in the repository.' },
  {
    says: /transport '.*' not allowed|protocol '.*' is not supported|unable to find remote helper/i,
    code: 'GIT_URL_REFUSED',
    message: 'The repository led to a protocol that is not allowed here.',
  },
  { says: /redirect|returned error: 30[1278]/i, code: 'REDIRECT_REFUSED', message: 'The server answered with a redirect. Register the address it leads to.' },
  {
    says: /from proxy after connect|proxy.*403|CONNECT tunnel failed/i,
    code: 'ADDRESS_REFUSED',
    message: 'The host does not lead to public addresses only, or the port is not 443. Private, loopback and link-local addresses are out of reach.',
  },
  {
    says: /authentication failed|could not read (username|password)|returned error: 40[13]|terminal prompts disabled/i,
    code: 'AUTHENTICATION_REQUIRED',
    message: 'The repository is not public. Store a credential for it, then sync again.',
  },
  {
    says: /repository '.*' not found|does not appear to be a git repository|returned error: 404/i,
    code: 'REPOSITORY_NOT_FOUND',
    message: 'There is no Git repository at this address.',
  },
  {
    says: /fsck error|in strict mode|invalid object|malformed|bad tree|bad object/i,
    code: 'OBJECTS_REFUSED',
    message: 'The repository holds objects that Git refuses.',
  },
  {
    says: /could not resolve|failed to connect|connection (refused|reset|timed out)|operation too slow|timed out|ssl|tls|gnutls|certificate|returned error: 5\d\d|empty reply/i,
    code: 'REPOSITORY_UNREACHABLE',
    message: 'The server could not be reached, or broke off.',
  },
];

/** The same causes where a credential was sent. */
const WITH_CREDENTIAL: Partial<Record<SyncFailureCode, Pick<Cause, 'code' | 'message'>>> = {
  AUTHENTICATION_REQUIRED: {
    code: 'GIT_AUTHENTICATION_FAILED',
    message:
      'The server refused the stored credential: it is wrong, has expired, or may not read this repository. Store a new one by PUT /v1/agent-repositories/{id}/credential, then sync again.',
  },
  REPOSITORY_NOT_FOUND: {
    code: 'REPOSITORY_NOT_FOUND',
    message: 'There is no Git repository at this address, or the stored credential may not read it: some servers answer both alike.',
  },
};

/**
 * What a failed fetch means; undefined when nothing points at the other side, so that the mirror may be the reason.
 * @param withCredential whether the server could ask for one
 */
export function fetchFailure(error: GitCommandError, withCredential = false): SyncFailedError | undefined {
  const cause = CAUSES.find(({ says }) => says.test(error.stderr));
  if (cause === undefined) return undefined;
  const { code, message } = (withCredential ? WITH_CREDENTIAL[cause.code] : undefined) ?? cause;
  return new SyncFailedError(code, message, error);
}
