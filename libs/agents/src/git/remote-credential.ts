/** What a Git server is shown when it asks. Only ever handed to `git` over a descriptor: not in arguments, environment or files. */
export interface RemoteCredential {
  /** Where it may be sent: scheme, host and port, as in https://git.example. */
  readonly origin: string;
  readonly username: string;
  readonly token: string;
}

/** The descriptor that a command with a credential inherits. */
export const CREDENTIAL_DESCRIPTOR = 3;

/** Answers `get` with what stands in the descriptor, and stores or erases nothing. */
const HELPER = `!f() { test "$1" != get || cat <&${CREDENTIAL_DESCRIPTOR}; }; f`;

/** Options that make `git` ask the descriptor, for this origin only: an address elsewhere (a redirect, a proxy) finds no helper. */
export function credentialArgs({ origin }: RemoteCredential): string[] {
  return ['-c', `credential.${origin}.helper=${HELPER}`];
}

/** What the helper answers, in the form of git-credential. */
export function credentialAnswer({ username, token }: RemoteCredential): string {
  return `username=${username}\npassword=${token}\n`;
}

/** A function that replaces the token in a text, also as Basic authentication and URLs write it: a server may repeat what it was sent. */
export function redactorOf({ username, token }: RemoteCredential): (text: string) => string {
  const basic = Buffer.from(`${username}:${token}`);
  const forms = [token, encodeURIComponent(token), basic.toString('base64'), basic.toString('base64url'), Buffer.from(token).toString('base64')];
  const wanted = [...new Set(forms.map((form) => form.replace(/=+$/, '')))].sort((a, b) => b.length - a.length);
  return (text) => wanted.reduce((rest, form) => rest.replaceAll(form, '[redacted]'), text);
}
