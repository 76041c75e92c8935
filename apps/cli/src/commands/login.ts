import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlinthClient, dataOf } from '#client';
import type { PlinthCommand } from '../command.js';
import { UsageError } from '../errors.js';
import { USUAL_URL } from '../session/open-client.js';
import { plinthHome } from '../session/plinth-home.js';
import type { Terminal } from '../terminal/terminal.js';

interface LoginOptions {
  readonly url?: string;
  readonly email?: string;
}

interface Account {
  readonly email: string;
  readonly password: string;
}

export const login: PlinthCommand<LoginOptions> = {
  usage: 'login',
  summary: 'sign in, and stay signed in on this machine',
  examples: ['login', 'login --url https://plinth.example --email ada@example.com', 'login --email ada@example.com < password.txt'],
  configure(command) {
    command.option('--url <address>', `where the API is (default: PLINTH_URL, or ${USUAL_URL})`);
    command.option('--email <address>', 'who signs in; without it, the account that development made here, where there is one');
  },
  async run({ terminal, sessions, isJson }, options) {
    const url = urlOf(options.url ?? terminal.env['PLINTH_URL'] ?? USUAL_URL);
    const account = await accountOf(options, url, terminal);
    const client = createPlinthClient({ baseUrl: url });
    const { accessToken, refreshToken, organizationId, role } = await dataOf(client.POST('/v1/auth/login', { body: account }));
    await sessions.write({ url, email: account.email, accessToken, refreshToken });
    const signedIn = { url, email: account.email, organizationId, role };
    terminal.out(isJson ? JSON.stringify(signedIn) : `Signed in at ${url} as ${account.email} (${role}).`);
  },
};

/** @throws UsageError */
function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') return text.replace(/\/+$/, '');
  throw new UsageError('URL_REFUSED', `"${text}" is no address of an API. Give one such as https://plinth.example.`);
}

/** @throws UsageError */
async function accountOf({ email }: LoginOptions, url: string, terminal: Terminal): Promise<Account> {
  if (email === undefined && isLocal(url)) {
    const seeded = developmentAccount(terminal.env);
    if (seeded !== undefined) return seeded;
  }
  const address = email ?? (await terminal.lines.next('Address: '));
  if (!address?.trim()) throw new UsageError('EMAIL_MISSING', 'Say who signs in: npm run plinth -- login --email ada@example.com');
  const password = await terminal.lines.next('Password: ', { isHidden: true });
  if (!password) throw new UsageError('PASSWORD_MISSING', 'There is no password. Type it, or hand it over on stdin.');
  return { email: address.trim(), password };
}

function isLocal(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** The account that `npm start` makes in development, by the file that holds its password; undefined where there is none. */
function developmentAccount(env: NodeJS.ProcessEnv): Account | undefined {
  const file = join(plinthHome(env), 'secrets.json');
  if (!existsSync(file)) return undefined;
  const { developmentUsers = [] } = JSON.parse(readFileSync(file, 'utf8')) as { developmentUsers?: readonly Account[] };
  return developmentUsers[0];
}
