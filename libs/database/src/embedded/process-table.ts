import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const hasProc = existsSync('/proc/self/stat');

/**
 * When the process started, in a form that is only good for comparing; undefined where no such process runs. A process that
 * ended but was not yet collected by its parent counts as gone. A number that was given to a later process differs in this.
 */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  if (hasProc) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    // The command's name stands in brackets and may hold anything; the state is the first field after it, the start time the 20th.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  }
  const answer = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(() => undefined);
  const line = answer?.stdout.trim();
  return !line || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
}

/** True where a process of that number runs and works in that folder, as a postmaster and its children do in their data folder. */
export async function worksIn(pid: number, folder: string): Promise<boolean> {
  if ((await startTimeOf(pid)) === undefined) return false;
  if (hasProc) return (await workingFolder(pid)) === folder;
  const answer = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => undefined);
  return answer?.stdout.includes(folder) ?? false;
}

/** The processes that work in that folder. Known on Linux only; elsewhere the list is empty. */
export async function processesIn(folder: string): Promise<number[]> {
  if (!hasProc) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ((await workingFolder(pid)) === folder && (await startTimeOf(pid)) !== undefined ? [pid] : [])));
  return found.flat();
}

async function workingFolder(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}

/** Sends the signal; a process that has just gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
