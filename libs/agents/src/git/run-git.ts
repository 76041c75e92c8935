import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { Writable, type Readable } from 'node:stream';
import { SyncFailedError } from '../sync/sync-failure.js';
import { CREDENTIAL_DESCRIPTOR, credentialAnswer, credentialArgs, redactorOf, type RemoteCredential } from './remote-credential.js';
import type { GitSandbox } from './sandbox.js';
import { systemCode } from './system-error.js';

const MAX_STDERR = 16_384;
const DEFAULT_MAX_OUTPUT = 1_000_000;

/** A `git` command that ended with another code than 0. The message never leaves the process; `stderr` is for telling causes apart. */
export class GitCommandError extends Error {
  constructor(
    readonly command: string,
    readonly exitCode: number | null,
    readonly stderr: string,
  ) {
    super(`git ${command} ended with ${exitCode ?? 'a signal'}: ${stderr.trim().slice(0, 500)}`);
    this.name = 'GitCommandError';
  }
}

/** One command: no shell, no option taken from input (callers put `--` or full ref names before what others wrote). */
export interface GitCommand {
  readonly sandbox: GitSandbox;
  readonly args: readonly string[];
  /** Ends the command and all of its children when aborted; what `done` then rejects with is the signal's reason. */
  readonly signal: AbortSignal;
  /** For commands that speak with a server which may ask for it. Neither the arguments nor the environment hold it. */
  readonly credential?: RemoteCredential;
}

/** A running command whose output is read as it comes. */
export interface RunningGit {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves when the command ended with 0. Rejects with GitCommandError, the signal's reason, or SyncFailedError GIT_MISSING. */
  readonly done: Promise<void>;
  /** Ends the command, when what it said was enough. */
  stop(): void;
}

/** Starts a command in a process group of its own. */
export function startGit({ sandbox, args, signal, credential }: GitCommand): RunningGit {
  signal.throwIfAborted();
  const child = spawnGit(sandbox, args, credential);
  const redact = credential === undefined ? (text: string): string => text : redactorOf(credential);
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    killGroup(child);
  };
  child.stdin.on('error', () => undefined); // a command that ended early says why by its exit code
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = lastLines(stderr + text);
  });
  const onAbort = (): void => killGroup(child);
  signal.addEventListener('abort', onAbort, { once: true });
  const done = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(missingOr(error)));
    child.once('close', (code) => {
      if (code === 0 || stopped) resolve();
      else if (signal.aborted) reject(reasonOf(signal));
      else reject(new GitCommandError(args.find((word) => !word.startsWith('-')) ?? '', code, redact(stderr)));
    });
  }).finally(() => signal.removeEventListener('abort', onAbort));
  done.catch(() => undefined); // readers of stdout meet the end first; whoever awaits `done` still gets the error
  return { stdin: child.stdin, stdout: child.stdout, done, stop };
}

type GitProcess = ChildProcessByStdio<Writable, Readable, Readable>;

function spawnGit(sandbox: GitSandbox, args: readonly string[], credential: RemoteCredential | undefined): GitProcess {
  const options = { env: { ...sandbox.environment }, cwd: '/', detached: true };
  if (credential === undefined) return spawn('git', [...args], { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  const child = spawn('git', [...credentialArgs(credential), ...args], { ...options, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  const descriptor = child.stdio[CREDENTIAL_DESCRIPTOR];
  if (descriptor instanceof Writable) {
    descriptor.on('error', () => undefined); // a server that never asked leaves it unread
    descriptor.end(credentialAnswer(credential));
  }
  return child;
}

/** Runs a command to its end. @returns its output, at most `maxOutput` bytes (default 1,000,000); more is an error. @throws as `done` of `startGit`. */
export async function runGit(command: GitCommand & { readonly maxOutput?: number }): Promise<Buffer> {
  const maxOutput = command.maxOutput ?? DEFAULT_MAX_OUTPUT;
  const running = startGit(command);
  running.stdin.end();
  const chunks: Buffer[] = [];
  let size = 0;
  running.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxOutput) chunks.push(chunk);
    else running.stop();
  });
  await running.done;
  if (size > maxOutput) throw new RangeError(`git said more than ${maxOutput} bytes.`);
  return Buffer.concat(chunks);
}

/** The end of a text, from the beginning of a line: what is cut in two can no longer be recognised as a secret. */
function lastLines(text: string): string {
  if (text.length <= MAX_STDERR) return text;
  const end = text.slice(-MAX_STDERR);
  return end.slice(end.indexOf('\n') + 1);
}

function killGroup(child: GitProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('The command was stopped.', { cause: reason });
}

function missingOr(error: Error): Error {
  if (systemCode(error) !== 'ENOENT') return error;
  return new SyncFailedError('GIT_MISSING', 'The program "git" is not installed where the worker runs. Install Git there, then sync again.', error);
}
