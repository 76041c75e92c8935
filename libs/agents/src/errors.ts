import { PlinthError } from '#database';

/** No agent repository of the current organization has this id; an id of another organization answers the same. */
export class AgentRepositoryNotFoundError extends PlinthError {
  readonly code = 'AGENT_REPOSITORY_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(id: string) {
    super('There is no agent repository with this id. List the repositories to see which ones there are.', { fields: { id } });
  }
}

/** No agent of the current organization has this id; an id of another organization answers the same. */
export class GitAgentNotFoundError extends PlinthError {
  readonly code = 'GIT_AGENT_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(id: string) {
    super('There is no agent with this id. List the agents to see which ones there are.', { fields: { id } });
  }
}

/** The organization already has an agent repository of this name. */
export class AgentRepositoryNameTakenError extends PlinthError {
  readonly code = 'AGENT_REPOSITORY_NAME_TAKEN';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(name: string, cause?: unknown) {
    super(`There is already an agent repository named "${name}". Choose another name.`, { fields: { field: 'name', name }, cause });
  }
}

/** The address of a repository is not one that this installation reads from. */
export class GitUrlRefusedError extends PlinthError {
  readonly code = 'GIT_URL_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(reason: string) {
    super(`The address of the repository is refused: ${reason}`, { fields: { field: 'gitUrl' } });
  }
}

/** A branch name that Git would not accept, or could take for an option. */
export class GitBranchRefusedError extends PlinthError {
  readonly code = 'GIT_BRANCH_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(reason: string) {
    super(`The branch is refused: ${reason}`, { fields: { field: 'branch' } });
  }
}

/** A folder that does not lie inside the repository. */
export class AgentDirectoryRefusedError extends PlinthError {
  readonly code = 'AGENT_DIRECTORY_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(reason: string) {
    super(`The agent directory is refused: ${reason}`, { fields: { field: 'agentDirectory' } });
  }
}
