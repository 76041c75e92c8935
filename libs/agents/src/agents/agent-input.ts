import { currentContext } from '#database';
import type { GitAgentSource } from '../persistence/git-agents.js';
import type { AgentChanges, AgentValues } from '../persistence/agents.js';
import { AgentRefusedError } from './errors.js';
import { contentOfGitAgent } from './from-git-agent.js';

/** What a client says about an agent: all of it by hand, or over what the file of a git agent says. */
export interface NewAgent extends AgentInput {
  /** Public id of a git agent; what is not given beside it is copied from its file. */
  readonly gitAgentId?: string;
}

/** What a client can say about an agent; what is left out stays as it is, or takes its default. */
export interface AgentInput {
  /** Unique in the organization. */
  readonly name?: string;
  readonly description?: string | null;
  readonly model?: string | null;
  readonly systemPrompt?: string | null;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly tools?: readonly string[];
  readonly isActive?: boolean;
}

/** The row of a new agent: what was given, else what the git agent says, else nothing. @throws AgentRefusedError without a name */
export function valuesOf(input: NewAgent, source: GitAgentSource | undefined): AgentValues {
  const copied = source === undefined ? undefined : contentOfGitAgent(source);
  const name = input.name ?? copied?.name;
  if (name === undefined) throw new AgentRefusedError('name', 'it has no name. Give one, or a gitAgentId to take it from.');
  const { description, model, systemPrompt, parameters, tools, isActive } = changesOf(input);
  return {
    name,
    description: description === undefined ? (copied?.description ?? null) : description,
    model: model === undefined ? (copied?.model ?? null) : model,
    systemPrompt: systemPrompt === undefined ? (copied?.systemPrompt ?? null) : systemPrompt,
    parameters: parameters ?? copied?.parameters ?? {},
    tools: tools ?? copied?.tools ?? [],
    gitAgentId: source?.id ?? null,
    isActive: isActive ?? true,
    createdBy: currentContext()?.principal?.userId ?? null,
  };
}

/** What was given, and nothing of what was not. */
export function changesOf({ name, description, model, systemPrompt, parameters, tools, isActive }: AgentInput): AgentChanges {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(model === undefined ? {} : { model }),
    ...(systemPrompt === undefined ? {} : { systemPrompt }),
    ...(parameters === undefined ? {} : { parameters: { ...parameters } }),
    ...(tools === undefined ? {} : { tools: [...tools] }),
    ...(isActive === undefined ? {} : { isActive }),
  };
}
