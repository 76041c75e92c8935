import { pathToFileURL } from 'node:url';
import { Injectable } from '@nestjs/common';
import { AgentRepositoriesService } from '#agents';
import { AuthConnection, currentContext, environmentKind, newId, runWithContext } from '#database';
import { AccountsService, EmailTakenError } from '#identity';
import { exampleRepository } from './example-repository.js';

const ORGANIZATION = 'Demo Organization';
const REPOSITORY = 'Example agents';

export interface DevelopmentSeedOptions {
  /** Who can sign in; the first owns the demo organization. */
  readonly user: { readonly email: string; readonly password: string };
  /** The folder with the example agents. */
  readonly examples: string;
  /** Where the example repository is made. */
  readonly home: string;
}

/** What the seed found or made. */
export interface SeededDevelopment {
  readonly orgId: string;
  readonly userId: string;
  /** Whether this run made the demo organization. */
  readonly made: boolean;
}

/**
 * Gives a development installation something to look at: a person, an organization, and a repository of example agents that
 * the worker reads. Adds what is missing and changes nothing else.
 */
@Injectable()
export class DevelopmentSeed {
  constructor(
    private readonly auth: AuthConnection,
    private readonly accounts: AccountsService,
    private readonly repositories: AgentRepositoriesService,
  ) {}

  /** @returns undefined, having done nothing, anywhere but in development. */
  async run({ user, examples, home }: DevelopmentSeedOptions): Promise<SeededDevelopment | undefined> {
    if (environmentKind() !== 'development') return undefined;
    const owner = (await this.#find(user.email)) ?? (await this.#create(user));
    if (owner === undefined) return undefined;
    const gitUrl = pathToFileURL(await exampleRepository(examples, home)).href;
    await runWithContext({ requestId: newId() }, async () => {
      currentContext()?.setPrincipal({ userId: owner.userId, orgId: owner.orgId, actorType: 'USER', actorId: owner.userId, role: 'OWNER', scopes: [] });
      await this.#addRepository(gitUrl);
    });
    return owner;
  }

  async #find(email: string): Promise<SeededDevelopment | undefined> {
    const [row] = await this.auth.query<{ id: string; current_org_id: string | null }>('select id, current_org_id from app."user" where email = :email', {
      email,
    });
    return row === undefined || row.current_org_id === null ? undefined : { userId: row.id, orgId: row.current_org_id, made: false };
  }

  async #create(user: DevelopmentSeedOptions['user']): Promise<SeededDevelopment | undefined> {
    try {
      const { userId, orgId } = await this.accounts.create({ ...user, name: 'Demo User', organizationName: ORGANIZATION });
      return { userId, orgId, made: true };
    } catch (error) {
      // Another process made it in between, or the person left the organization: theirs to keep.
      if (error instanceof EmailTakenError) return await this.#find(user.email);
      throw error;
    }
  }

  /** A repository of the same name that points elsewhere is one of a checkout that has moved: it is made anew. */
  async #addRepository(gitUrl: string): Promise<void> {
    const { items } = await this.repositories.list({ limit: 100 });
    const present = items.find(({ name }) => name === REPOSITORY);
    if (present?.gitUrl === gitUrl) {
      if (present.lastSyncStatus === null) await this.repositories.requestSync(present.id);
      return;
    }
    if (present !== undefined) await this.repositories.delete(present.id);
    const { id } = await this.repositories.create({ name: REPOSITORY, gitUrl, branch: 'main', isRoot: true });
    await this.repositories.requestSync(id);
  }
}
