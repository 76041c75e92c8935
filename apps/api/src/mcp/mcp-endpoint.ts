import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError, type CallToolResult, type Tool } from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { Injectable } from '@nestjs/common';
import { createLogger } from '#database';
import { calledTool, messageIn, refusalOf } from './message.js';
import type { McpCall, McpTool, ToolEffect } from './tool.js';
import { denialOf, failureOf, resultOf } from './tool-result.js';
import { McpTools } from './tools/tools.js';

const log = createLogger('mcp');

const INSTRUCTIONS =
  'Plinth runs agents of an organization. list_agents shows them, run_agent runs one. A run may ask a person something: it is then WAITING_INPUT, and goes on after answer_input_request. What a call refuses says why and what to do.';

const HINTS: Readonly<Record<ToolEffect, Tool['annotations']>> = {
  reads: { readOnlyHint: true, openWorldHint: false },
  adds: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  ends: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
};

/** For what a client would say of itself, which nobody asks here; made once, since each is a compiler of its own. */
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** What of an HTTP request MCP wants to know. */
export interface McpRequest {
  readonly body: unknown;
  readonly accept: string | undefined;
  readonly protocolVersion: string | undefined;
  readonly credential: string;
  readonly scopes: readonly string[];
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
}

/**
 * Answers MCP messages without sessions: each request brings its credential, and gets a server of its own that ends with the answer.
 * Nothing is kept between two requests, so that any process of many can take the next one, no session of one credential can be used
 * by another, and what a caller loses is lost with the next message. What has to last is in the database: a run, by its id. The price
 * is that nothing is pushed to a client that does not ask: `GET /mcp` answers 405, as the protocol provides for.
 */
@Injectable()
export class McpEndpoint {
  constructor(private readonly tools: McpTools) {}

  /**
   * The answer: one JSON document, or a stream with progress and keep-alive for the call of a tool that may take seconds.
   * @throws MalformedJsonError, BatchRefusedError, MessageInvalidError
   */
  async answer(request: McpRequest): Promise<Response> {
    const message = messageIn(request.body);
    const refusal = refusalOf(message);
    if (refusal !== undefined) return Response.json(refusal);
    const name = calledTool(message);
    const waits = name !== undefined && this.tools.named(name)?.waits === true;
    const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: !waits });
    const mcp = this.#serverFor(request);
    await mcp.connect(transport);
    whenAborted(request.signal, () => void mcp.close().catch((error: unknown) => log.debug({ err: error }, 'an MCP server did not close')));
    return beginningAtOnce(await transport.handleRequest(webRequest(request), { parsedBody: message }));
  }

  #serverFor({ scopes, credential }: McpRequest): McpServer {
    const mcp = new McpServer({ name: 'plinth', title: 'Plinth', version: '1' }, { instructions: INSTRUCTIONS, jsonSchemaValidator });
    mcp.server.registerCapabilities({ tools: {} });
    mcp.server.onerror = (error) => log.debug({ err: error }, 'an MCP message could not be taken or sent');
    mcp.server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: this.tools.of(scopes).map(described) }));
    mcp.server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal, _meta, sendNotification }) => {
      const progressToken = _meta?.progressToken;
      const progress = async (done: number, text: string): Promise<void> => {
        if (progressToken !== undefined) await sendNotification({ method: 'notifications/progress', params: { progressToken, progress: done, message: text } });
      };
      return this.#call(params.name, params.arguments, { credential, scopes, signal, progress });
    });
    return mcp;
  }

  async #call(name: string, args: unknown, call: McpCall): Promise<CallToolResult> {
    const tool = this.tools.named(name);
    if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, 'There is no such tool. tools/list lists those that you may call.');
    if (!call.scopes.includes(tool.permission)) return denialOf(tool);
    try {
      return resultOf(await tool.call(args, call));
    } catch (error) {
      return failureOf(error, tool);
    }
  }
}

function whenAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}

/** A stream whose head goes out now and not with its first message: with a comment, which clients pass over. */
function beginningAtOnce(answer: Response): Response {
  const { status, headers, body } = answer;
  if (body === null || headers.get('content-type') !== 'text/event-stream') return answer;
  return new Response(ReadableStream.from(begun(body)), { status, headers });
}

async function* begun(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield new TextEncoder().encode(': the call is being carried out\n\n');
  yield* body;
}

function described({ name, title, description, parameters, effect }: McpTool): Tool {
  return { name, title, description, inputSchema: { ...parameters, type: 'object' }, annotations: { title, ...HINTS[effect] } };
}

/** The part of the request that the transport looks at. The credential is not among it. */
function webRequest({ accept, protocolVersion }: McpRequest): Request {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (accept !== undefined) headers.set('accept', accept);
  if (protocolVersion !== undefined) headers.set('mcp-protocol-version', protocolVersion);
  return new Request('http://plinth.invalid/mcp', { method: 'POST', headers });
}
