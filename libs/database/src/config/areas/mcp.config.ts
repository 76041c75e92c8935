import { IsInt, Max, Min } from 'class-validator';
import { parseOrigins } from '../origins.js';
import { ConfigArea, Env } from '../registry.js';

/** Plinth as an MCP server. */
@ConfigArea('mcp', { title: 'MCP' })
export class McpConfig {
  @Env('MCP_ALLOWED_ORIGINS', {
    description:
      'The web pages whose scripts may connect over MCP: origins, with commas between. Clients that are no browsers send no Origin and always may. Empty: no web page.',
    example: 'https://app.example,http://localhost:6274',
    optional: true,
    parse: parseOrigins,
  })
  readonly allowedOrigins: readonly string[] = [];

  @Env('MCP_MAX_WAIT_SECONDS', {
    description: 'The longest that one call over MCP waits for a run. Less than what proxies and clients wait for an answer, 60 seconds for most.',
    unit: 'seconds',
  })
  @IsInt()
  @Min(1)
  @Max(600)
  readonly maxWaitSeconds: number = 50;
}
