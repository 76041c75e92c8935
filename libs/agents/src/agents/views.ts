import type { Agent } from '#database';

/** An agent as clients see it. */
export interface AgentView {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** null: the model that the installation runs by default. */
  readonly model: string | null;
  readonly systemPrompt: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tools: readonly string[];
  /** Public id of the git agent it was made from; null where it was written by hand, or its repository is gone. */
  readonly gitAgentId: string | null;
  /** False: kept, but not run. */
  readonly isActive: boolean;
  /** Raised by each change. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a client sees of an agent's row; `gitAgentId` is the public id of the git agent. */
export function toAgentView(row: Agent, gitAgentId: string | null): AgentView {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    model: row.model,
    systemPrompt: row.systemPrompt,
    parameters: row.parameters,
    tools: row.tools,
    gitAgentId,
    isActive: row.isActive,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
