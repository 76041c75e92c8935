import { statementName } from './driver/one-sync.js';
import type { WireStatement } from './driver/wire.js';

function control(text: string): WireStatement {
  return { text, name: statementName(text), values: [], discardRows: true };
}

/** Transaction control, sent by the connection itself and by nobody else. */
export const BEGIN = control('begin');
export const COMMIT = control('commit');
export const ROLLBACK = control('rollback');
