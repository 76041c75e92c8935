import { agentFields, type AgentFields } from './agent-fields.js';
import { parseFrontmatter, type Frontmatter } from './parse.js';
import { FileProblem } from './problem.js';
import { splitFrontmatter } from './split.js';

/** An agent as its file says it. */
export interface AgentDefinition extends AgentFields {
  readonly frontmatter: Frontmatter;
  /** The text below the frontmatter, trimmed: the agent's prompt, where the frontmatter gives none. Empty where there is none. */
  readonly body: string;
}

/**
 * The agent that a Markdown file defines, or undefined where the file has no frontmatter. `head` is the file, or its first HEAD_BYTES.
 * @throws FileProblem
 */
export function readAgent(path: string, head: Buffer, size: number, maxFileBytes: number): AgentDefinition | undefined {
  const file = splitFrontmatter(head, size);
  if (file === undefined) return undefined;
  if (size > maxFileBytes) throw new FileProblem('FILE_TOO_LARGE', `The file is larger than ${maxFileBytes} bytes.`);
  const frontmatter = parseFrontmatter(file.frontmatter);
  return { ...agentFields(frontmatter, path), frontmatter, body: file.body.trim() };
}
