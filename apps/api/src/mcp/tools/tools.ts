import { Injectable } from '@nestjs/common';
import { AgentsService, GitAgentsService } from '#agents';
import { McpConfig } from '#database';
import { InputRequestsService, RunsService, UsageService, WorkflowDataService } from '#runs';
import { RunWaits } from '../run-waits.js';
import type { McpTool } from '../tool.js';
import { agentTools } from './agents.tool.js';
import { inputRequestTools } from './input-requests.tool.js';
import { runAgentTools } from './run-agent.tool.js';
import { runTools } from './runs.tool.js';
import { usageTools } from './usage.tool.js';
import { workflowDataTools } from './workflow-data.tool.js';

/** Everything that can be done over MCP: thin over the services that HTTP uses. */
@Injectable()
export class McpTools {
  readonly all: readonly McpTool[];

  constructor(
    agents: AgentsService,
    gitAgents: GitAgentsService,
    runs: RunsService,
    questions: InputRequestsService,
    data: WorkflowDataService,
    usage: UsageService,
    waits: RunWaits,
    config: McpConfig,
  ) {
    this.all = [
      ...agentTools(agents, gitAgents),
      ...runAgentTools(runs, questions, waits, config),
      ...runTools(runs, waits, config),
      ...inputRequestTools(questions),
      ...workflowDataTools(data),
      ...usageTools(usage),
    ];
  }

  /** The tools of a caller with these permissions. */
  of(scopes: readonly string[]): readonly McpTool[] {
    return this.all.filter(({ permission }) => scopes.includes(permission));
  }

  /** Also where the caller may not use it. */
  named(name: string): McpTool | undefined {
    return this.all.find((tool) => tool.name === name);
  }
}
