import { createPlinthClient, type PlinthClient } from '#client';
import type { RunningApi } from './running-api.js';

/** The typed client on a running API, for whoever has this token; for nobody without one. */
export function clientOf({ url }: RunningApi, token?: string): PlinthClient {
  return createPlinthClient({ baseUrl: url, token });
}
