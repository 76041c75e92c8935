import { Body, Controller, HttpCode, Options, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentContext } from '#database';
import { bearerToken } from '../auth/bearer-token.js';
import { RequestContextMissingError } from '../auth/errors.js';
import { Public } from '../auth/public.decorator.js';
import { AnyCredential } from '../auth/require-permission.decorator.js';
import { McpEndpoint } from './mcp-endpoint.js';
import { McpOrigins } from './mcp-origins.js';
import { MCP_PATH } from './path.js';

/** MCP over streamable HTTP. JSON-RPC is nothing that OpenAPI could describe: docs/mcp.md does. */
@ApiExcludeController()
@Controller(MCP_PATH)
export class McpController {
  constructor(
    private readonly endpoint: McpEndpoint,
    private readonly origins: McpOrigins,
  ) {}

  /** For scripts of the web pages that are allowed; the others are refused before this. */
  @Options()
  @Public()
  @HttpCode(204)
  preflight(@Res({ passthrough: true }) reply: FastifyReply): void {
    this.origins.answerPreflight(reply);
  }

  /** What is wrong with the request itself answers as every other route does; what is wrong with a message, in JSON-RPC. */
  @Post()
  @AnyCredential()
  async answer(@Req() request: FastifyRequest, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const scopes = currentContext()?.principal?.scopes;
    if (scopes === undefined) throw new RequestContextMissingError('principal');
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    if (request.raw.socket.destroyed) gone.abort();
    const { headers } = request;
    const protocolVersion = headers['mcp-protocol-version'];
    const answer = await this.endpoint.answer({
      body,
      accept: headers.accept,
      protocolVersion: typeof protocolVersion === 'string' ? protocolVersion : undefined,
      credential: bearerToken(headers),
      scopes,
      signal: gone.signal,
    });
    await reply.send(answer);
  }
}
