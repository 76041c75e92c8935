import { IfMatchInvalidError, PreconditionRequiredError } from './errors.js';

/** A strong entity tag that names a version, as we write it: no zeros before. 15 digits are exact as a number. */
const TAG = /^"(0|[1-9]\d{0,14})"$/;

/** The entity tag of a version: `"7"`. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * The version that a change is meant for.
 * @throws PreconditionRequiredError without the header, IfMatchInvalidError for a weak tag, `*`, a list or anything else
 */
export function versionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch.trim() === '') throw new PreconditionRequiredError();
  const digits = TAG.exec(ifMatch.trim())?.[1];
  if (digits === undefined) throw new IfMatchInvalidError();
  return Number(digits);
}

/** Whether `If-None-Match` names this tag. Tags are compared weakly, as RFC 9110 asks for here. */
export function noneMatchNames(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === tag);
}
