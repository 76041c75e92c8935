import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseLoginUrl, type ConnectionTarget } from '../config/connection-url.js';
import { systemCodeOf } from '../embedded/errors.js';
import { withLogin } from '../roles/login-url.js';
import type { LoginName } from '../roles/role-table.js';

/** The variables that hold the logins of the role table. */
const VARIABLES: readonly { readonly name: string; readonly login: LoginName; readonly about: string }[] = [
  { name: 'DATABASE_URL', login: 'app_login', about: 'what services log in as' },
  { name: 'DATABASE_PRIVILEGED_URL', login: 'app_privileged', about: 'signing in and unrestricted work' },
  { name: 'DATABASE_QUEUE_URL', login: 'app_queue', about: 'claiming jobs' },
  { name: 'DATABASE_OWNER_URL', login: 'app_owner', about: 'migrations only; services need it never' },
];

/** One variable of the four, with its URL if the password is known. */
export interface EnvLine {
  readonly name: string;
  readonly login: LoginName;
  readonly about: string;
  readonly url: string | undefined;
}

/** The variables for a server, with the logins whose passwords are known. */
export function envLines(adminUrl: string, database: string, passwords: Readonly<Partial<Record<LoginName, string>>>): readonly EnvLine[] {
  return VARIABLES.map((variable) => {
    const password = passwords[variable.login];
    return { ...variable, url: password === undefined ? undefined : withLogin(adminUrl, { user: variable.login, password, database }) };
  });
}

/**
 * The passwords that URLs already set hold, of the logins of the table on the server of `adminUrl`. A URL of another server or login,
 * or one that cannot be used, counts for nothing.
 */
export function knownPasswords(adminUrl: string, env: Readonly<Record<string, string | undefined>>): Partial<Record<LoginName, string>> {
  const server = parseLoginUrl(adminUrl);
  const known: Partial<Record<LoginName, string>> = {};
  for (const { name, login } of VARIABLES) {
    const target = targetOf(env[name]);
    if (target?.user === login && target.host === server.host && target.port === server.port) known[login] = target.password;
  }
  return known;
}

function targetOf(url: string | undefined): ConnectionTarget | undefined {
  try {
    return url ? parseLoginUrl(url) : undefined;
  } catch {
    return undefined;
  }
}

/** A line of an .env file: the assignment, or a remark where the password is not known. */
export function formatLine({ name, login, url }: EnvLine): string {
  return url === undefined ? `# ${name}: "${login}" keeps the password it has; --rotate-passwords makes a new one` : `${name}='${url}'`;
}

/** `text` with the known lines in the place of those it has, or at its end. Everything else stays as it is. */
export function mergeLines(text: string, lines: readonly EnvLine[]): string {
  let merged = text;
  for (const line of lines.filter(({ url }) => url !== undefined)) {
    const present = new RegExp(`^(?:export[ \\t]+)?${line.name}[ \\t]*=.*$`, 'm');
    const assignment = formatLine(line);
    if (present.test(merged)) merged = merged.replace(present, () => assignment);
    else merged += `${merged === '' || merged.endsWith('\n') ? '' : '\n'}# ${line.about}\n${assignment}\n`;
  }
  return merged;
}

/** Writes the known lines into the file, which only its owner may read afterwards. In one step: a reader sees the old or the new file. */
export async function writeEnvFile(path: string, lines: readonly EnvLine[]): Promise<void> {
  const merged = mergeLines(await readEnvFile(path), lines);
  const partial = `${path}.${process.pid}.partial`;
  await writeFile(partial, merged, { mode: 0o600 });
  await rename(partial, path);
}

/** The text of the file, or nothing where there is none. */
export async function readEnvFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return '';
    throw error;
  }
}
