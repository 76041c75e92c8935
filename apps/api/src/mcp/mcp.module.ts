import { Module } from '@nestjs/common';
import { AgentsModule } from '#agents';
import { IdentityModule } from '#identity';
import { RunsModule } from '#runs';
import { AccessWatch } from '../auth/access-watch.js';
import { McpController } from './mcp.controller.js';
import { McpEndpoint } from './mcp-endpoint.js';
import { OriginGuard } from './origin.guard.js';
import { RunWaits } from './run-waits.js';
import { McpTools } from './tools/tools.js';

/** Plinth as an MCP server: the same credentials, tenant connection, limits and records as every other route. */
@Module({
  imports: [AgentsModule, IdentityModule, RunsModule],
  controllers: [McpController],
  providers: [AccessWatch, RunWaits, McpTools, McpEndpoint, OriginGuard],
})
export class McpModule {}
