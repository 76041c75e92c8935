import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { AgentsModule } from '#agents';
import { IdentityModule } from '#identity';
import { RunsModule } from '#runs';
import { AuthModule } from '../auth/auth.module.js';
import { McpController } from './mcp.controller.js';
import { McpEndpoint } from './mcp-endpoint.js';
import { McpOrigins } from './mcp-origins.js';
import { MCP_PATH } from './path.js';
import { RunWaits } from './run-waits.js';
import { McpTools } from './tools/tools.js';

/** Plinth as an MCP server: the same credentials, tenant connection, limits and records as every other route. */
@Module({
  imports: [AgentsModule, AuthModule, IdentityModule, RunsModule],
  controllers: [McpController],
  providers: [RunWaits, McpTools, McpEndpoint, McpOrigins],
})
export class McpModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly origins: McpOrigins,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance();
    server.addHook('onRequest', (request, reply, done) => {
      if (request.routeOptions.url !== `/${MCP_PATH}`) return done();
      try {
        this.origins.admit(request, reply);
        done();
      } catch (error) {
        done(error instanceof Error ? error : undefined);
      }
    });
  }
}
