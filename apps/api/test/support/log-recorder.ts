import { jest } from '@jest/globals';
import fs from 'node:fs';

/** What loggers write while a test runs, instead of on standard output. */
export interface LogRecorder {
  readonly text: () => string;
  stop(): void;
}

/**
 * Records every line at the most talkative level. Loggers take their level when their module is loaded: call this before everything that
 * logs is imported, which a spec therefore does in its `beforeAll`.
 */
export function recordLogs(): LogRecorder {
  const levelBefore = process.env['LOG_LEVEL'];
  process.env['LOG_LEVEL'] = 'trace';
  let logged = '';
  const write = fs.writeSync.bind(fs);
  const spy = jest.spyOn(fs, 'writeSync').mockImplementation((fd: number, content: string | NodeJS.ArrayBufferView, ...rest: unknown[]) => {
    if (fd !== 1 || typeof content !== 'string') return Number(Reflect.apply(write, fs, [fd, content, ...rest]));
    logged += content;
    return Buffer.byteLength(content);
  });
  const stop = (): void => {
    spy.mockRestore();
    process.env['LOG_LEVEL'] = levelBefore;
  };
  return { text: () => logged, stop };
}
