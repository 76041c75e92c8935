import { sqlStateOf, TenantConnection, VersionConflictError, writeAudit, type Agent, type Db, type Tx } from '#database';
import { Injectable } from '@nestjs/common';
import { GitAgentNotFoundError } from '../errors.js';
import { agentsOfPage, countTasksOfAgent, deleteAgent, findAgent, insertAgent, lockAgent, uidsOfGitAgents, updateAgent } from '../persistence/agents.js';
import { findGitAgentSource, type GitAgentSource } from '../persistence/git-agents.js';
import type { PageRequest } from '../persistence/page-request.js';
import type { PageOf } from '../repositories/views.js';
import { changesOf, valuesOf, type AgentInput, type NewAgent } from './agent-input.js';
import { checkAgent } from './check-agent.js';
import { cursorAt, idIn } from './cursor.js';
import { AgentInUseError, AgentNameTakenError, AgentNotFoundError, GitAgentInactiveError } from './errors.js';
import { toAgentView, type AgentView } from './views.js';

const UNIQUE_VIOLATION = '23505';
const USUAL_PAGE = 50;

/** Which agents a list shows; every condition given must hold. */
export interface AgentFilter extends PageRequest {
  readonly namePrefix?: string;
  readonly isActive?: boolean;
  /** Public id of a git agent. */
  readonly gitAgentId?: string;
}

/** The agents that the current organization configured. */
@Injectable()
export class AgentsService {
  constructor(private readonly db: TenantConnection) {}

  /**
   * Makes an agent, by hand or from a git agent. What the git agent says later changes nothing here.
   * @throws GitAgentNotFoundError, GitAgentInactiveError, AgentRefusedError, AgentNameTakenError
   */
  async create(input: NewAgent): Promise<AgentView> {
    const source = input.gitAgentId === undefined ? undefined : await this.#activeGitAgent(input.gitAgentId);
    const values = valuesOf(input, source);
    checkAgent(values);
    return this.#named(values.name, async (tx) => {
      const row = await insertAgent(tx, values);
      await writeAudit(tx, { action: 'agent.created', subjectType: 'agent', subjectId: row.id, changes: { name: row.name, gitAgentId: source?.uid ?? null } });
      return toAgentView(row, source?.uid ?? null);
    });
  }

  /** One page of the agents, oldest first. @throws InvalidCursorError, GitAgentNotFoundError */
  async list({ cursor, limit = USUAL_PAGE, gitAgentId, ...filter }: AgentFilter = {}): Promise<PageOf<AgentView>> {
    const source = gitAgentId === undefined ? undefined : await this.#gitAgent(gitAgentId);
    const rows = await agentsOfPage(this.db, { ...filter, gitAgentId: source?.id, limit, after: cursor === undefined ? undefined : idIn(cursor) });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return { items: await viewsOf(this.db, shown), nextCursor: rows.length > limit && last !== undefined ? cursorAt(last.id) : null };
  }

  /** @throws AgentNotFoundError */
  async get(id: string): Promise<AgentView> {
    const row = await findAgent(this.db, id);
    if (row === null) throw new AgentNotFoundError(id);
    return viewOf(this.db, row);
  }

  /**
   * Changes what is given, while the agent still has the version that the caller has seen.
   * @throws AgentNotFoundError, VersionConflictError, AgentRefusedError, AgentNameTakenError
   */
  async update(id: string, expectedVersion: number, input: AgentInput): Promise<AgentView> {
    const changes = changesOf(input);
    checkAgent(changes);
    return this.#named(input.name ?? '', async (tx) => {
      const before = await findAgent(tx, id);
      if (before === null) throw new AgentNotFoundError(id);
      if (before.version !== expectedVersion) throw new VersionConflictError('agent');
      const fields = Object.keys(changes);
      if (fields.length === 0) return viewOf(tx, before);
      const row = await updateAgent(tx, id, expectedVersion, changes);
      if (row === undefined) throw new VersionConflictError('agent');
      await writeAudit(tx, { action: 'agent.updated', subjectType: 'agent', subjectId: id, changes: { name: row.name, fields } });
      return viewOf(tx, row);
    });
  }

  /**
   * Deletes an agent. Runs that it made stay: they hold what they need of it.
   * @param options.withTasks whether its tasks may go along
   * @throws AgentNotFoundError, AgentInUseError
   */
  async delete(id: string, options: { readonly withTasks?: boolean } = {}): Promise<void> {
    await this.db.transaction(async (tx) => {
      const agent = await lockAgent(tx, id);
      if (agent === undefined) throw new AgentNotFoundError(id);
      const tasks = await countTasksOfAgent(tx, id);
      if (tasks > 0 && options.withTasks !== true) throw new AgentInUseError(id, tasks);
      await deleteAgent(tx, id);
      await writeAudit(tx, { action: 'agent.deleted', subjectType: 'agent', subjectId: id, changes: { name: agent.name, tasks } });
    });
  }

  async #gitAgent(uid: string): Promise<GitAgentSource> {
    const row = await findGitAgentSource(this.db, uid);
    if (row === undefined) throw new GitAgentNotFoundError(uid);
    return row;
  }

  async #activeGitAgent(uid: string): Promise<GitAgentSource> {
    const row = await this.#gitAgent(uid);
    if (!row.isActive) throw new GitAgentInactiveError(uid);
    return row;
  }

  async #named<T>(name: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.db.transaction(work);
    } catch (error) {
      if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new AgentNameTakenError(name, error);
      throw error;
    }
  }
}

async function viewsOf(db: Db, rows: readonly Agent[]): Promise<AgentView[]> {
  const uids = await uidsOfGitAgents(
    db,
    rows.map((row) => row.gitAgentId),
  );
  return rows.map((row) => toAgentView(row, row.gitAgentId === null ? null : (uids.get(row.gitAgentId) ?? null)));
}

async function viewOf(db: Db, row: Agent): Promise<AgentView> {
  const { gitAgentId } = row;
  const uids = await uidsOfGitAgents(db, [gitAgentId]);
  return toAgentView(row, gitAgentId === null ? null : (uids.get(gitAgentId) ?? null));
}
