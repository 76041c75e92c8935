import type { GitAgent } from '#database';
import { TOOL_NAME } from './limits.js';

/** What an agent takes over from the file it is made from. */
export interface GitAgentContent {
  readonly name: string;
  readonly description: string | null;
  readonly model: string | null;
  readonly systemPrompt: string | null;
  readonly parameters: Record<string, unknown>;
  readonly tools: string[];
}

/**
 * Name and description as the sync read them, and from the frontmatter `model`, `parameters` (a mapping), `tools` (a list, or a text
 * with commas) and as prompt `prompt`, `system_prompt`, `systemPrompt`, else the text below it, else the description, as a run of the git agent
 * itself takes them.
 * Tools whose names the platform cannot have, such as `Read` or `mcp__x__Y`, are left out: they are of another program.
 */
export function contentOfGitAgent({ name, description, frontmatter, body }: Pick<GitAgent, 'name' | 'description' | 'frontmatter' | 'body'>): GitAgentContent {
  return {
    name,
    description,
    model: text(frontmatter['model']),
    systemPrompt: text(frontmatter['prompt']) ?? text(frontmatter['system_prompt']) ?? text(frontmatter['systemPrompt']) ?? text(body) ?? text(description),
    parameters: mapping(frontmatter['parameters']),
    tools: toolsOf(frontmatter['tools']),
  };
}

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

function mapping(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function toolsOf(value: unknown): string[] {
  const names: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  const trimmed = names.flatMap((name) => (typeof name === 'string' ? [name.trim()] : []));
  return [...new Set(trimmed.filter((name) => TOOL_NAME.test(name)))];
}
