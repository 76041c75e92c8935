import { createInterface } from 'node:readline';
import type { Socket } from 'node:net';
import type { Durability } from './state.js';

/** What a process says over the supervisor's socket: one JSON object a line. The first line decides what the connection is. */
export type Request =
  /** Holds the server up for as long as the connection lasts. */
  | { readonly ask: 'lease'; readonly name: string; readonly pid: number; readonly durability?: Durability }
  /** Who holds leases? Not a lease itself. */
  | { readonly ask: 'status' }
  /** Stop now: only if nobody holds a lease, or whatever they hold. */
  | { readonly ask: 'stop'; readonly force: boolean };

/** The facts a process needs to connect. */
export interface ServerFacts {
  readonly port: number;
  readonly major: number;
  readonly durability: Durability;
  readonly supervisorPid: number;
  readonly postgresPid: number;
}

export interface LeaseHolder {
  readonly name: string;
  readonly pid: number;
}

/** What the supervisor answers. */
export type Answer =
  | { readonly tell: 'progress'; readonly text: string }
  | { readonly tell: 'ready'; readonly facts: ServerFacts }
  | { readonly tell: 'failed'; readonly code: string; readonly message: string }
  | { readonly tell: 'status'; readonly leases: readonly LeaseHolder[]; readonly facts?: ServerFacts }
  /** The server stops because somebody said so: do not start it again. */
  | { readonly tell: 'stopping' }
  | { readonly tell: 'in-use'; readonly leases: readonly LeaseHolder[] };

/** With this exit code a supervisor says that the disk is full where it could not even listen, or write a log. */
export const DISK_FULL_EXIT_CODE = 28;

/** Sends one line; a peer that has gone is noticed by its close event, not here. */
export function send(socket: Socket, message: Request | Answer): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Calls `handle` for each line of the peer. A line that is no JSON ends the connection: the peer is none of ours. */
export function receive<Message extends Request | Answer>(socket: Socket, handle: (message: Message) => void): void {
  createInterface({ input: socket, crlfDelay: Infinity })
    .on('line', (line) => {
      let message: Message;
      try {
        message = JSON.parse(line) as Message;
      } catch {
        socket.destroy();
        return;
      }
      handle(message);
    })
    .on('error', () => undefined);
}
