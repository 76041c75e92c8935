import { dataOf } from '#client';
import type { PlinthCommand } from '../command.js';
import { configureList, pages, show, wholeNumber, type ListOptions } from './pages.js';

interface AgentsOptions extends ListOptions {
  readonly name?: string;
}

export const agents: PlinthCommand<AgentsOptions> = {
  usage: 'agents',
  summary: 'list the agents of the organization, and with --git those found in its repositories',
  examples: ['agents', 'agents --git', 'agents --name Invoice --json'],
  configure(command) {
    configureList(command);
    command.option('--name <beginning>', 'only those whose name begins so').option('--git', 'those found in Git repositories instead');
  },
  async run(context, { limit, name, ...rest }) {
    const client = await context.client();
    const most = wholeNumber('--limit', limit);
    if ('git' in rest) {
      const found = await pages(most, async (query) => dataOf(client.GET('/v1/git-agents', { params: { query: { ...query, name } } })));
      show(
        context,
        found,
        ['ID', 'NAME', 'FILE'],
        (agent) => [agent.id, agent.name, agent.filePath],
        'No agent was found in Git. Add a repository: npm run plinth -- repositories add --help',
      );
      return;
    }
    const found = await pages(most, async (query) => dataOf(client.GET('/v1/agents', { params: { query: { ...query, name } } })));
    show(
      context,
      found,
      ['ID', 'NAME', 'MODEL', 'ACTIVE'],
      (agent) => [agent.id, agent.name, agent.model ?? '-', agent.isActive ? 'yes' : 'no'],
      'There is no agent of the organization’s own. Those found in Git: npm run plinth -- agents --git',
    );
  },
};
