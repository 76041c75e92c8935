/** Everything that can be wrong with the frontmatter of one file. */
export const FILE_PROBLEMS = [
  'FILE_TOO_LARGE',
  'FILE_NOT_UTF8',
  'FILE_HAS_NUL',
  'FRONTMATTER_LANGUAGE',
  'FRONTMATTER_UNCLOSED',
  'FRONTMATTER_TOO_LARGE',
  'FRONTMATTER_INVALID',
  'FRONTMATTER_TAG',
  'FRONTMATTER_ALIASES',
  'FRONTMATTER_TOO_DEEP',
  'FRONTMATTER_NOT_A_MAPPING',
  'NAME_INVALID',
  'DESCRIPTION_INVALID',
  'TAGS_INVALID',
] as const;
export type FileProblemCode = (typeof FILE_PROBLEMS)[number];

/** Why one file is no agent: recorded with its path, never a reason to stop. */
export class FileProblem extends Error {
  constructor(
    readonly code: FileProblemCode,
    message: string,
  ) {
    super(message);
    this.name = 'FileProblem';
  }
}
