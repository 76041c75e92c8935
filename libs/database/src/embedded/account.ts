import { chown, lstat, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FolderUnreachableError, systemCodeOf } from './errors.js';

/** The account PostgreSQL runs as when we are root, which PostgreSQL refuses to be. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** In this order; all of them exist without anybody running useradd. */
const PREFERRED = ['postgres', '_postgres', 'nobody'];

/** The account to drop to, or undefined where this process is not root and PostgreSQL simply runs as the same user. */
export async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  for (const name of PREFERRED) {
    const fields = lines.find((entry) => entry[0] === name);
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (uid > 0 && gid > 0) return { name, uid, gid };
  }
  return { name: 'nobody', uid: 65534, gid: 65534 };
}

/** Gives a file or folder to the account. Does nothing where there is none to drop to. */
export async function giveTo(account: Account | undefined, path: string): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}

/**
 * Checks that the account can enter every folder on the way to `path`, and read what is there.
 * @param mend what to do instead of opening the folder, as the end of the sentence
 * @throws FolderUnreachableError naming the first path the account cannot reach
 */
export async function checkReachable(account: Account | undefined, path: string, mend: string): Promise<void> {
  if (!account) return;
  for (const step of stepsTo(path)) {
    const facts = await stat(step).catch((error: unknown) => {
      if (systemCodeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (!facts) return;
    const needed = facts.isDirectory() ? 0o1 : 0o4;
    const shift = facts.uid === account.uid ? 6 : facts.gid === account.gid ? 3 : 0;
    if (((facts.mode >> shift) & needed) !== 0) continue;
    const flag = facts.isDirectory() ? 'x' : 'r';
    throw new FolderUnreachableError(
      `PostgreSQL refuses to run as root, so it runs as the user "${account.name}" (uid ${account.uid}), who cannot ${facts.isDirectory() ? 'enter' : 'read'} "${step}" on the way to "${path}". ` +
        `Either run as another user than root, or open it (chmod o+${flag} "${step}"), or ${mend}.`,
      { fields: { path: step, account: account.name } },
    );
  }
}

/** True where the file or folder belongs to the account (or, without one, to this user), so that PostgreSQL will accept it. */
export async function belongsTo(account: Account | undefined, path: string): Promise<boolean> {
  const owner = (await lstat(path)).uid;
  return owner === (account?.uid ?? process.getuid?.() ?? owner);
}

function stepsTo(path: string): string[] {
  const steps = [path];
  for (let folder = dirname(path); folder !== steps[0]; folder = dirname(folder)) steps.unshift(folder);
  return steps;
}
