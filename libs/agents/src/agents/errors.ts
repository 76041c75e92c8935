import { PlinthError } from '#database';

/** No agent of the current organization has this id; an id of another organization answers the same. */
export class AgentNotFoundError extends PlinthError {
  readonly code = 'AGENT_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(id: string) {
    super('There is no agent with this id. List the agents to see which ones there are.', { fields: { id } });
  }
}

/** The organization already has an agent of this name. */
export class AgentNameTakenError extends PlinthError {
  readonly code = 'AGENT_NAME_TAKEN';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(name: string, cause?: unknown) {
    super(`There is already an agent named "${name}". Choose another name.`, { fields: { field: 'name', name }, cause });
  }
}

/** Tasks belong to the agent, and would go with it. */
export class AgentInUseError extends PlinthError {
  readonly code = 'AGENT_IN_USE';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(id: string, tasks: number) {
    super(
      `The agent has ${tasks} ${tasks === 1 ? 'task, which' : 'tasks, which'} would be deleted with it. Repeat with ?withTasks=true to delete both, or set "isActive" to false to keep both.`,
      { fields: { id, tasks } },
    );
  }
}

/** What an agent is made of cannot be stored or used. */
export class AgentRefusedError extends PlinthError {
  readonly code = 'AGENT_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(field: string, reason: string) {
    super(`The agent is refused: ${reason}`, { fields: { field } });
  }
}

/** An agent is to be made from a file that is no longer in its repository. */
export class GitAgentInactiveError extends PlinthError {
  readonly code = 'GIT_AGENT_INACTIVE';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(id: string) {
    super('The file of this agent is no longer in its repository, or can no longer be read as an agent. Choose another, or sync the repository first.', {
      fields: { field: 'gitAgentId', id },
    });
  }
}
