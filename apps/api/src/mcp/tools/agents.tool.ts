import type { AgentsService, GitAgentsService } from '#agents';
import { mcpTool, type McpTool } from '../tool.js';
import { CURSOR, LIMIT, USUAL_LIST } from './parameters.js';

/** An agent as `list_agents` shows it. */
interface ListedAgent {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly source: 'agent' | 'git_agent';
  readonly tools: readonly string[];
}

interface AgentList {
  readonly items: readonly ListedAgent[];
  readonly nextCursor: string | null;
}

const OWN = 'agents:';
const FROM_GIT = 'git:';

/** `list_agents`: what can be run, the organization's own agents before those found in its repositories. */
export function agentTools(agents: AgentsService, gitAgents: GitAgentsService): McpTool[] {
  const own = async (cursor: string | undefined, limit: number): Promise<AgentList> => {
    const page = await agents.list({ isActive: true, cursor, limit });
    const items = page.items.map(({ id, name, description, tools }): ListedAgent => ({ id, name, description, source: 'agent', tools }));
    return { items, nextCursor: page.nextCursor === null ? FROM_GIT : OWN + page.nextCursor };
  };
  const fromGit = async (cursor: string | undefined, limit: number): Promise<AgentList> => {
    const page = await gitAgents.list({ isActive: true, cursor, limit });
    const items = page.items.map(({ id, name, description, frontmatter }): ListedAgent => {
      return { id, name, description, source: 'git_agent', tools: namesIn(frontmatter['tools']) };
    });
    return { items, nextCursor: page.nextCursor === null ? null : FROM_GIT + page.nextCursor };
  };
  return [
    mcpTool({
      name: 'list_agents',
      title: 'List agents',
      description: 'Lists the agents that run_agent can run, with what each is for. Run one by its name, or by its id.',
      permission: 'agent:read',
      effect: 'reads',
      parameters: { type: 'object', properties: { limit: LIMIT, cursor: CURSOR }, additionalProperties: false },
      call: async ({ limit = USUAL_LIST, cursor = OWN }) => {
        if (!cursor.startsWith(FROM_GIT)) {
          const page = await own(rest(cursor, OWN), limit);
          if (page.items.length === limit || page.nextCursor !== FROM_GIT) return page;
          const more = await fromGit(undefined, limit - page.items.length);
          return { items: [...page.items, ...more.items], nextCursor: more.nextCursor };
        }
        return fromGit(rest(cursor, FROM_GIT), limit);
      },
    }),
  ];
}

/** What stands behind the prefix; nothing where that is nothing. */
function rest(cursor: string, prefix: string): string | undefined {
  const text = cursor.startsWith(prefix) ? cursor.slice(prefix.length) : cursor;
  return text === '' ? undefined : text;
}

function namesIn(value: unknown): string[] {
  const names: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return names.flatMap((name) => (typeof name === 'string' && name.trim() !== '' ? [name.trim()] : []));
}
