import { dataOf } from '#client';
import type { PlinthCommand } from '../command.js';
import { configureList, pages, show, wholeNumber, type ListOptions } from './pages.js';

interface AddOptions {
  readonly name?: string;
  readonly branch?: string;
  readonly directory?: string;
}

export const addRepository: PlinthCommand<AddOptions> = {
  usage: 'repositories add <git-url>',
  summary: 'register a Git repository with agents, and ask for its first sync',
  examples: [
    'repositories add https://github.com/example/agents.git',
    'repositories add https://github.com/example/mono.git --name Support --directory agents',
  ],
  configure(command) {
    command.option('--name <name>', 'how it is called here (default: the last part of its address)');
    command.option('--branch <branch>', 'the branch that is read (default: main)').option('--directory <path>', 'look for agents below this folder only');
  },
  async run({ terminal, isJson, client }, { name, branch, directory }, [gitUrl = '']) {
    const plinth = await client();
    const body = { name: name ?? nameOf(gitUrl), gitUrl, branch, agentDirectory: directory };
    const repository = await dataOf(plinth.POST('/v1/agent-repositories', { body }));
    await plinth.POST('/v1/agent-repositories/{id}/sync', { params: { path: { id: repository.id } } });
    terminal.out(
      isJson ? JSON.stringify(repository) : `Added "${repository.name}" (${repository.id}). A sync is under way: npm run plinth -- repositories list`,
    );
  },
};

function nameOf(gitUrl: string): string {
  return (gitUrl.replace(/\/+$/, '').split('/').at(-1) ?? '').replace(/\.git$/, '') || gitUrl;
}

export const syncRepository: PlinthCommand = {
  usage: 'repositories sync <id>',
  summary: 'ask for a sync of a repository',
  examples: ['repositories sync 0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c'],
  async run({ terminal, isJson, client }, _options, [id = '']) {
    const asked = await dataOf((await client()).POST('/v1/agent-repositories/{id}/sync', { params: { path: { id } } }));
    terminal.out(isJson ? JSON.stringify(asked) : 'A sync is under way: npm run plinth -- repositories list');
  },
};

export const listRepositories: PlinthCommand<ListOptions> = {
  usage: 'repositories list',
  summary: 'list the repositories and how their last sync went',
  examples: ['repositories list', 'repositories list --json'],
  configure: configureList,
  async run(context, { limit }) {
    const client = await context.client();
    const found = await pages(wholeNumber('--limit', limit), async (query) => dataOf(client.GET('/v1/agent-repositories', { params: { query } })));
    show(
      context,
      found,
      ['ID', 'NAME', 'LAST SYNC', 'ADDRESS'],
      (one) => [one.id, one.name, one.lastSyncStatus ?? 'never', one.gitUrl],
      'There is no repository. Add one: npm run plinth -- repositories add --help',
    );
  },
};
