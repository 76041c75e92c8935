import { GitCredentialRefusedError } from './errors.js';

const TOKEN = /^[\x21-\x7e]{1,4096}$/;
/** RFC 7617: a colon would end the name. */
const USERNAME = /^[\x21-\x39\x3b-\x7e]{1,255}$/;

/** What is sent can be sent, and there is somebody to send it to. @throws GitCredentialRefusedError */
export function checkCredential(gitUrl: string, { token, username }: { readonly token: string; readonly username: string | null }): void {
  if (!/^https?:/.test(gitUrl)) throw new GitCredentialRefusedError('token', 'the address of the repository is a file, which nobody asks a token for.');
  if (!TOKEN.test(token)) throw new GitCredentialRefusedError('token', 'a token has 1 to 4096 printable ASCII characters and no blanks.');
  if (username !== null && !USERNAME.test(username)) {
    throw new GitCredentialRefusedError('username', 'a user name has 1 to 255 printable ASCII characters, and neither blanks nor colons.');
  }
}
