import { posix } from 'node:path';
import type { Frontmatter, PlainData } from './parse.js';
import { FileProblem } from './problem.js';

const MAX_NAME_LENGTH = 255;
const MAX_DESCRIPTION_LENGTH = 10_000;
const MAX_TAG_LENGTH = 100;
const MAX_TAGS = 100;

/** What the platform reads from an agent's frontmatter; everything else stays in it as data. */
export interface AgentFields {
  readonly name: string;
  readonly description: string | null;
  readonly tags: readonly string[];
}

/**
 * Name (the file's own without `.md` where none is given), description and tags (a list, or one text with commas).
 * @throws FileProblem
 */
export function agentFields(frontmatter: Frontmatter, path: string): AgentFields {
  return { name: nameOf(frontmatter['name'], path), description: descriptionOf(frontmatter['description']), tags: tagsOf(frontmatter['tags']) };
}

function nameOf(value: PlainData | undefined, path: string): string {
  const given = value === undefined || value === null ? posix.basename(path).replace(/\.md$/i, '') : textOf(value)?.trim();
  if (given === undefined || given === '' || /\p{Cc}/u.test(given)) throw new FileProblem('NAME_INVALID', '"name" is not a text of one line.');
  if ([...given].length > MAX_NAME_LENGTH) throw new FileProblem('NAME_INVALID', `"name" is longer than ${MAX_NAME_LENGTH} characters.`);
  return given;
}

function descriptionOf(value: PlainData | undefined): string | null {
  if (value === undefined || value === null) return null;
  const text = textOf(value)?.trim();
  if (text === undefined) throw new FileProblem('DESCRIPTION_INVALID', '"description" is not a text.');
  if (text.length > MAX_DESCRIPTION_LENGTH) throw new FileProblem('DESCRIPTION_INVALID', `"description" is longer than ${MAX_DESCRIPTION_LENGTH} characters.`);
  return text === '' ? null : text;
}

function tagsOf(value: PlainData | undefined): string[] {
  if (value === undefined || value === null) return [];
  const items = Array.isArray(value) ? value.map(textOf) : (textOf(value)?.split(',') ?? [undefined]);
  const tags = items.map((item) => item?.trim());
  if (!tags.every((tag) => tag !== undefined)) throw new FileProblem('TAGS_INVALID', '"tags" is neither a list of texts nor a text with commas.');
  const distinct = [...new Set(tags.filter((tag) => tag !== ''))];
  if (distinct.length > MAX_TAGS) throw new FileProblem('TAGS_INVALID', `There are more than ${MAX_TAGS} tags.`);
  if (distinct.some((tag) => tag.length > MAX_TAG_LENGTH)) throw new FileProblem('TAGS_INVALID', `A tag is longer than ${MAX_TAG_LENGTH} characters.`);
  return distinct;
}

function textOf(value: PlainData): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
