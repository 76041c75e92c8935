/** What is encrypted: the token with the address it was given for, so that a change of the address cannot send it elsewhere. */
export interface TokenContent {
  readonly token: string;
  /** The whole address of the repository. */
  readonly address: string;
}

export const TOKEN_TABLE = 'git_credential';

export function tokenText({ token, address }: TokenContent): string {
  return JSON.stringify({ token, address });
}

/** The content of a text that `tokenText` made; undefined for any other text. */
export function tokenContent(text: string): TokenContent | undefined {
  const content: unknown = parsed(text);
  if (typeof content !== 'object' || content === null || !('token' in content) || !('address' in content)) return undefined;
  const { token, address } = content;
  return typeof token === 'string' && typeof address === 'string' ? { token, address } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
