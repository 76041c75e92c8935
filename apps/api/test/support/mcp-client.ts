import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema, type CallToolResult, type Progress } from '@modelcontextprotocol/sdk/types.js';
import type { RunningApi } from './running-api.js';

/** A connected MCP client, the official one. */
export interface McpTestClient {
  readonly client: Client;
  /** The names of the tools that are listed. */
  tools(): Promise<string[]>;
  /** Calls a tool. */
  call(name: string, args?: Record<string, unknown>, onprogress?: (progress: Progress) => void): Promise<CallToolResult>;
  /** Calls a tool, which must not fail, and answers its structured content. */
  ask<T = Record<string, unknown>>(name: string, args?: Record<string, unknown>): Promise<T>;
  close(): Promise<void>;
}

/** Connects with an access token or an API key. */
export async function connectMcp(api: Pick<RunningApi, 'url'>, credential: string): Promise<McpTestClient> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${api.url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${credential}` } } }));
  const call = async (name: string, args: Record<string, unknown> = {}, onprogress?: (progress: Progress) => void): Promise<CallToolResult> =>
    CallToolResultSchema.parse(await client.callTool({ name, arguments: args }, undefined, onprogress === undefined ? {} : { onprogress }));
  return {
    client,
    call,
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    async ask<T>(name: string, args: Record<string, unknown> = {}): Promise<T> {
      const { isError, structuredContent, content } = await call(name, args);
      if (isError === true) throw new Error(`The tool "${name}" failed: ${JSON.stringify(content)}`);
      return structuredContent as T;
    },
    close: () => client.close(),
  };
}

/** The `error` of a call that failed. */
export function errorOf({ isError, structuredContent }: CallToolResult): unknown {
  return isError === true ? structuredContent?.['error'] : undefined;
}
