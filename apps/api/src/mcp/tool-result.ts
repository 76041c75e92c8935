import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { currentContext, createLogger } from '#database';
import { PermissionDeniedError } from '#identity';
import { verdictOn } from '../http/problem-of.js';
import type { McpTool } from './tool.js';

const log = createLogger('mcp');

/** What a tool gave, for programs and, as the same JSON, for models. */
export function resultOf(value: object): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: { ...value } };
}

/**
 * What went wrong, in the words that HTTP has for it. The model behind the client reads it and may do better; it holds no internals.
 * A fault of ours is logged and carries the id of the request.
 */
export function failureOf(error: unknown, { name }: Pick<McpTool, 'name'>): CallToolResult {
  const { problem, level } = verdictOn(error);
  const requestId = currentContext()?.requestId;
  if (level !== undefined) log[level]({ err: error, requestId, tool: name, status: problem.status }, `The tool failed with ${problem.code}`);
  const { code, detail, errors } = problem;
  const failure = { code, detail, ...(errors === undefined ? {} : { errors }), ...(problem.status < 500 ? {} : { requestId }) };
  return { isError: true, content: [{ type: 'text', text: `${code}: ${detail}` }], structuredContent: { error: failure } };
}

/** The caller may not do this. */
export function denialOf(tool: McpTool): CallToolResult {
  return failureOf(new PermissionDeniedError(tool.permission), tool);
}
