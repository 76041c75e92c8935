import { randomInt } from 'node:crypto';

const LONGEST = 60;
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A name as it may stand in a URL: lower-case ASCII letters, digits and single hyphens, 1 to 60 characters. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? 'organization' : slug;
}

/** The same slug with a random ending, for when it is taken. The ending says nothing about how many others there are. */
export function slugWithEnding(slug: string): string {
  const ending = Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${slug}-${ending}`;
}
