import { dataOf, type components } from '#client';
import type { PlinthCommand } from '../command.js';
import { configureList, pages, show, wholeNumber, type ListOptions } from './pages.js';

type Scope = components['schemas']['CreateApiKeyRequest']['scopes'][number];

interface CreateOptions {
  /** Not checked here: the API knows which there are. */
  readonly scope: Scope[];
  readonly expires?: string;
}

export const createKey: PlinthCommand<CreateOptions> = {
  usage: 'keys create <name>',
  summary: 'make an API key; it is shown once',
  examples: ['keys create "Nightly import" --scope run:create run:read', 'keys create ci --scope agent:read --expires 2027-01-01T00:00:00Z'],
  configure(command) {
    command.requiredOption('--scope <permissions...>', 'what it may do: some of what you may do yourself');
    command.option('--expires <time>', 'until when it is good, as 2027-01-01T00:00:00Z (default: until it is revoked)');
  },
  async run({ terminal, isJson, client }, { scope, expires }, [name = '']) {
    const made = await dataOf((await client()).POST('/v1/api-keys', { body: { name, scopes: scope, expiresAt: expires } }));
    if (!isJson) terminal.say(`Made "${made.name}" (${made.id}). Keep it now, it is not shown again:`);
    terminal.out(isJson ? JSON.stringify(made) : made.key);
  },
};

export const listKeys: PlinthCommand<ListOptions> = {
  usage: 'keys list',
  summary: 'list the API keys of the organization',
  examples: ['keys list', 'keys list --json'],
  configure: configureList,
  async run(context, { limit }) {
    const client = await context.client();
    const found = await pages(wholeNumber('--limit', limit), async (query) => dataOf(client.GET('/v1/api-keys', { params: { query } })));
    show(
      context,
      found,
      ['ID', 'NAME', 'LAST USED', 'SCOPES'],
      (key) => [key.id, key.name, key.lastUsedAt ?? 'never', key.scopes.join(' ')],
      'There is no API key. Make one: npm run plinth -- keys create --help',
    );
  },
};

export const revokeKey: PlinthCommand = {
  usage: 'keys revoke <id>',
  summary: 'end an API key, everywhere within seconds',
  examples: ['keys revoke 0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c'],
  async run({ terminal, isJson, client }, _options, [id = '']) {
    await (await client()).DELETE('/v1/api-keys/{id}', { params: { path: { id } } });
    terminal.out(isJson ? JSON.stringify({ id, revoked: true }) : 'Revoked.');
  },
};
