import { v7, validate } from 'uuid';

/** A new UUIDv7: time-ordered, so that rows made together lie together in an index. Made here so that it exists before the insert. */
export function newId(): string {
  return v7();
}

/** Whether `text` is a UUID of any version in its usual written form. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && validate(text);
}
