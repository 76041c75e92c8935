import type { ModelMessage } from '../model.js';

/** One line `/call <tool> <JSON arguments>` of a prompt. */
export interface Directive {
  readonly tool: string;
  /** As written, not checked; `{}` where the line has none. */
  readonly arguments: string;
}

const DIRECTIVE = /^\/call[ \t]+(\S+)(?:[ \t]+(\S.*))?$/;

/** The directives of a conversation: those of its system prompts, then those of its last user prompt, line by line. */
export function directivesOf(messages: readonly ModelMessage[]): readonly Directive[] {
  const system = messages.filter((message) => message.role === 'system');
  const user = messages.findLast((message) => message.role === 'user');
  return [...system, ...(user === undefined ? [] : [user])].flatMap(({ content }) => directivesIn(content ?? ''));
}

function directivesIn(text: string): readonly Directive[] {
  return text.split('\n').flatMap((line) => {
    const [, tool, json] = DIRECTIVE.exec(line.trim()) ?? [];
    return tool === undefined ? [] : [{ tool, arguments: json ?? '{}' }];
  });
}
