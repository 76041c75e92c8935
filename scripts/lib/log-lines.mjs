import { dim, green, red, yellow } from './say.mjs';

const LEVELS = { trace: dim, debug: dim, info: green, warn: yellow, error: red, fatal: red };
const LEFT_OUT = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'err', 'error']);

/** A JSON log line for people: time, level, text, the other fields. What is no JSON comes back as it is. */
export function readable(line) {
  if (!line.startsWith('{')) return line;
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return line;
  }
  if (typeof entry.msg !== 'string' && entry.level === undefined) return line;
  const time = typeof entry.time === 'string' ? entry.time.slice(11, 23) : '';
  const level = String(entry.level === undefined ? 'info' : entry.level);
  const paint = LEVELS[level] || ((text) => text);
  const fields = Object.entries(entry)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const failure = entry.err || entry.error;
  const reason = failure === undefined ? '' : `\n${failure.stack || failure.message || JSON.stringify(failure)}`;
  return [dim(time), paint(level.padEnd(5)), entry.msg, dim(fields.join(' '))].filter(Boolean).join(' ') + reason;
}
