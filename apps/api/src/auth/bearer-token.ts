import type { IncomingHttpHeaders } from 'node:http';
import { UnauthenticatedError } from './errors.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** The access token that a request carries. @throws UnauthenticatedError without one */
export function bearerToken({ authorization }: IncomingHttpHeaders): string {
  const token = BEARER.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new UnauthenticatedError();
  return token;
}
