import { GitAgent, type Db } from '#database';

/** Which agents a page shows, by internal repository id. */
export interface GitAgentPage {
  readonly agentRepositoryId?: string;
  readonly tag?: string;
  readonly isActive?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

/** One page of agents, in the order in which they were first found. */
export async function pageOfGitAgents(db: Db, page: GitAgentPage) {
  return db.repository(GitAgent).paginate({
    where: {
      ...(page.agentRepositoryId === undefined ? {} : { agentRepositoryId: page.agentRepositoryId }),
      ...(page.isActive === undefined ? {} : { isActive: page.isActive }),
      ...(page.tag === undefined ? {} : { tags: { contains: [page.tag] } }),
    },
    order: { id: 'ASC' },
    limit: page.limit ?? 50,
    cursor: page.cursor,
  });
}

/** The agent with this public id, or null. */
export async function findGitAgent(db: Db, uid: string): Promise<GitAgent | null> {
  return db.repository(GitAgent).findOne({ uid });
}
