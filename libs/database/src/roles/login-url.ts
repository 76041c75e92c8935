const URL_PARTS = /^(postgres(?:ql)?:\/\/)(?:[^/?#]*@)?([^/?#]*)(?:\/([^?#]*))?(.*)$/s;

/** What to change in a connection URL; the rest (host, port, parameters) stays as it is. */
export interface LoginUrlParts {
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
}

/**
 * The same server with another login or database. Works on text, since the URL of a unix socket names no host, which
 * Node's own URL does not take. A URL without `user` in `parts` keeps its login.
 */
export function withLogin(url: string, parts: LoginUrlParts): string {
  const match = URL_PARTS.exec(url.trim());
  if (!match) return url;
  const [, scheme = '', host = '', database = '', rest = ''] = match;
  const login =
    parts.user === undefined
      ? (/^[^/?#]*@/.exec(url.trim().slice(scheme.length))?.[0] ?? '')
      : `${escape(parts.user)}${parts.password === undefined ? '' : `:${escape(parts.password)}`}@`;
  const path = parts.database === undefined ? database : escape(parts.database);
  return `${scheme}${login}${host}/${path}${rest}`;
}

/** Also the quote, so that a URL can stand between quotes in an .env file. */
function escape(text: string): string {
  return encodeURIComponent(text).replaceAll("'", '%27');
}
