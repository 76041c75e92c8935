import { isUtf8 } from 'node:buffer';
import { FileProblem } from './problem.js';

/** The most that frontmatter may be, in bytes. */
export const MAX_FRONTMATTER_BYTES = 256 * 1024;
/** How much of a file tells whether it has frontmatter, and all of it: the frontmatter and its two lines of dashes. */
export const HEAD_BYTES = MAX_FRONTMATTER_BYTES + 1024;

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_BOMS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
const OPENING = /^---([^\r\n]*)(?:\r\n|\r|\n|$)/;
const CLOSING = /(?:^|\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|$)/;

/** A Markdown file with frontmatter. */
export interface SplitFile {
  /** What stands between the two lines `---`. */
  readonly frontmatter: string;
  /** What stands below them, as far as it was read. */
  readonly body: string;
}

/**
 * Frontmatter, between the two lines `---` at the start of a Markdown file, and the text below, or undefined for a file that has no
 * frontmatter (and so is no agent). `bytes` is the whole file or, of a larger one, its first HEAD_BYTES.
 * @throws FileProblem for frontmatter in another language than YAML, without an end, too large, not UTF-8 or with NUL bytes
 */
export function splitFrontmatter(bytes: Buffer, fileSize: number): SplitFile | undefined {
  const start = bytes.subarray(0, 3).equals(BOM) ? 3 : 0;
  if (UTF16_BOMS.some((mark) => bytes.subarray(0, 2).equals(mark))) throw new FileProblem('FILE_NOT_UTF8', 'The file is UTF-16. Save it as UTF-8.');
  const opening = OPENING.exec(bytes.toString('latin1', start, start + 256));
  if (opening === null || !opensFrontmatter(opening[1] ?? '')) return undefined;
  const language = (opening[1] ?? '').trim();
  if (language !== '')
    throw new FileProblem('FRONTMATTER_LANGUAGE', `Frontmatter in "${language.slice(0, 40)}" is not read, and never run. Write YAML after a plain "---".`);
  // Latin-1 keeps one character per byte, so offsets found in it are offsets in the file.
  const rest = bytes.toString('latin1', start + opening[0].length, start + opening[0].length + MAX_FRONTMATTER_BYTES + 8);
  const closing = CLOSING.exec(rest);
  if (closing === null || closing.index > MAX_FRONTMATTER_BYTES) {
    const more = fileSize > MAX_FRONTMATTER_BYTES;
    throw more ? tooLarge() : new FileProblem('FRONTMATTER_UNCLOSED', 'The frontmatter is not closed by a line "---".');
  }
  const from = start + opening[0].length;
  const content = bytes.subarray(from, from + closing.index);
  if (!isUtf8(content)) throw new FileProblem('FILE_NOT_UTF8', 'The frontmatter is not UTF-8.');
  if (bytes.length === fileSize && !isUtf8(bytes)) throw new FileProblem('FILE_NOT_UTF8', 'The file is not UTF-8.');
  if (bytes.includes(0)) throw new FileProblem('FILE_HAS_NUL', 'The file holds NUL bytes.');
  return { frontmatter: content.toString('utf8'), body: bytes.toString('utf8', from + closing.index + closing[0].length) };
}

/** `---` alone or with the name of a language; `----` and `--- text` are rules of Markdown. */
function opensFrontmatter(after: string): boolean {
  return /^[ \t]*$/.test(after) || /^[ \t]?[a-z][a-z0-9+-]*[ \t]*$/i.test(after);
}

function tooLarge(): FileProblem {
  return new FileProblem('FRONTMATTER_TOO_LARGE', `The frontmatter is larger than ${MAX_FRONTMATTER_BYTES} bytes.`);
}
