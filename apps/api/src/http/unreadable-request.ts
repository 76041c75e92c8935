import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { newId } from '#database';
import { problemBody, PROBLEM_CONTENT_TYPE, type Problem } from './problem.js';
import { REQUEST_ID_HEADER } from './request-context.hook.js';

const UNREADABLE: Problem = { status: 400, code: 'BAD_REQUEST', detail: 'This is not a request in HTTP that can be read.' };

/** By the code of Node's HTTP parser. */
const PROBLEMS: Readonly<Record<string, Problem>> = {
  HPE_INVALID_METHOD: { status: 400, code: 'BAD_REQUEST', detail: 'HTTP knows no such method.' },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'HEADERS_TOO_LARGE', detail: 'The headers are larger than 16 kB together.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'REQUEST_TIMEOUT', detail: 'The request did not arrive in time.' },
};

/** Answers what Node's HTTP parser refuses, before there is a request for Fastify: as a problem like every other, and the connection is closed. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem = PROBLEMS[error.code ?? ''] ?? UNREADABLE;
  const requestId = newId();
  const body = JSON.stringify(problemBody(problem, requestId));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? 'Error'}`,
    `${REQUEST_ID_HEADER}: ${requestId}`,
    `content-type: ${PROBLEM_CONTENT_TYPE}`,
    'cache-control: no-store',
    'connection: close',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
