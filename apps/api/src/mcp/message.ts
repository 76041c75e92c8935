import {
  CallToolRequestSchema,
  ErrorCode,
  InitializeRequestSchema,
  isJSONRPCRequest,
  JSONRPCMessageSchema,
  ListToolsRequestSchema,
  type JSONRPCMessage,
  type JSONRPCRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { MalformedJsonError } from '../http/errors.js';
import { BatchRefusedError, MessageInvalidError } from './errors.js';

const PARAMETERS = { initialize: InitializeRequestSchema, 'tools/list': ListToolsRequestSchema, 'tools/call': CallToolRequestSchema };

/** The one message of a body. @throws MalformedJsonError, BatchRefusedError, MessageInvalidError */
export function messageIn(body: unknown): JSONRPCMessage {
  if (body === undefined || body === null) throw new MalformedJsonError();
  if (Array.isArray(body)) throw new BatchRefusedError();
  const { data, success } = JSONRPCMessageSchema.safeParse(body);
  if (!success) throw new MessageInvalidError();
  return data;
}

/** The answer to a request whose parameters are not those of its method; nothing where they are, or the method is unknown. */
export function refusalOf(message: JSONRPCMessage): object | undefined {
  if (!isJSONRPCRequest(message) || !isKnown(message.method)) return undefined;
  const { success, error } = PARAMETERS[message.method].safeParse(message);
  if (success) return undefined;
  const paths = [...new Set(error.issues.map(({ path }) => path.join('.')))];
  const failure = { code: ErrorCode.InvalidParams, message: `These parts of "${message.method}" are not what MCP has there: ${paths.join(', ')}.` };
  return { jsonrpc: '2.0', id: message.id, error: failure };
}

/** The name of the tool that a message calls. */
export function calledTool(message: JSONRPCMessage): string | undefined {
  return isJSONRPCRequest(message) && message.method === 'tools/call' ? nameIn(message) : undefined;
}

function nameIn({ params }: JSONRPCRequest): string | undefined {
  const name: unknown = params?.['name'];
  return typeof name === 'string' ? name : undefined;
}

function isKnown(method: string): method is keyof typeof PARAMETERS {
  return Object.hasOwn(PARAMETERS, method);
}
