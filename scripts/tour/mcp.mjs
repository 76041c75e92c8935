import { check } from './expect.mjs';
import { problemLines } from './http.mjs';

const PROTOCOL = '2025-06-18';

/** Plain JSON-RPC over HTTP, as an MCP client speaks it. */
class McpClient {
  #id = 0;

  constructor(caller, transcript) {
    this.caller = caller;
    this.transcript = transcript;
  }

  /** One request of the protocol. `show` makes the lines of the transcript of its result. @throws TourError where it is refused */
  async request(method, params, show) {
    const started = performance.now();
    const body = { jsonrpc: '2.0', id: (this.#id += 1), method, params };
    const response = await this.caller.send('POST', '/mcp', {
      body,
      headers: { accept: 'application/json, text/event-stream', 'mcp-protocol-version': PROTOCOL },
    });
    const text = await response.text();
    check(response.status === 200, `${method} over MCP answered ${response.status}: ${text}`);
    const { result, error } = messageIn(text, this.#id);
    check(error === undefined, `${method} over MCP was refused: ${JSON.stringify(error)}`);
    const what = method === 'tools/call' ? `tools/call ${params.name} ${JSON.stringify(params.arguments)}` : method;
    this.transcript.exchange({
      who: `${this.caller.who}, MCP`,
      method: 'POST',
      path: `/mcp ${what}`,
      status: response.status,
      milliseconds: Math.round(performance.now() - started),
      lines: show(result),
    });
    return result;
  }

  /** Calls a tool. @returns what it gave, or `{ error }` where it refused */
  async call(name, args, show, { mayFail = false } = {}) {
    const lines = ({ isError, structuredContent }) => (isError ? problemLines(structuredContent.error) : show(structuredContent));
    const { isError = false, structuredContent } = await this.request('tools/call', { name, arguments: args }, lines);
    check(isError === mayFail, `${name} over MCP gave ${JSON.stringify(structuredContent)}.`);
    return structuredContent;
  }
}

/** The message with this id: the whole answer, or one event of a stream that tells of progress too. */
function messageIn(text, id) {
  if (text.startsWith('{')) return JSON.parse(text);
  const messages = text.split('\n').filter((line) => line.startsWith('data:') && line.length > 'data: '.length);
  const found = messages.map((line) => JSON.parse(line.slice('data:'.length))).find((message) => message.id === id);
  check(found !== undefined, `The stream holds no answer: ${text}`);
  return found;
}

/** The same run through MCP, with the key: it asks, is answered wrongly, then rightly, and ends. */
export async function goThroughMcp({ program, vera, transcript }) {
  transcript.section('The same through MCP', 'A program connects to `/mcp` with the key. It is offered what the key may do, and nothing else.');
  const mcp = new McpClient(program, transcript);
  const client = { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: { name: 'tour', version: '1' } };
  await mcp.request('initialize', client, ({ serverInfo, protocolVersion }) => [`${serverInfo.name}, protocol ${protocolVersion}`]);
  await compareTools(mcp, new McpClient(vera, transcript));
  const agents = await mcp.call('list_agents', {}, ({ items }) => items.map(({ name, source, tools }) => `${name} (${source}) ${JSON.stringify(tools)}`));
  check(
    agents.items.some(({ name }) => name === 'Coordinator'),
    'MCP does not list the coordinator.',
  );
  await runThroughMcp(mcp);
  await mcp.call('get_usage', {}, (usage) => [JSON.stringify(usage)]);
}

async function compareTools(mcp, viewers) {
  const names = ({ tools }) => [tools.map(({ name }) => name).join(', ')];
  const { tools } = await mcp.request('tools/list', {}, names);
  const fewer = await viewers.request('tools/list', {}, names);
  check(
    tools.some(({ name }) => name === 'run_agent') && !fewer.tools.some(({ name }) => name === 'run_agent'),
    'A viewer is offered run_agent, or the key is not.',
  );
  await viewers.call('run_agent', { agent: 'Coordinator', prompt: 'Please.' }, () => [], { mayFail: true });
}

async function runThroughMcp(mcp) {
  const started = await mcp.call('run_agent', { agent: 'Coordinator', prompt: 'Through MCP.' }, outcomeLines);
  check(started.status === 'WAITING_INPUT', `The run over MCP is ${started.status}.`);
  const [{ id: inputRequestId }] = started.inputRequests;
  await mcp.call('answer_input_request', { inputRequestId, response: { count: 0 } }, () => [], { mayFail: true });
  await mcp.call('answer_input_request', { inputRequestId, response: { count: 2 } }, ({ next }) => [next]);
  const ended = await mcp.call('get_run', { runId: started.runId, waitSeconds: 20 }, runLines);
  check(ended.run.status === 'COMPLETED', `The run over MCP is ${ended.run.status}.`);
}

function outcomeLines({ status, inputRequests, next }) {
  return [`status: ${status}`, ...inputRequests.map(({ prompt, schema }) => `asks: ${prompt} ${JSON.stringify(schema)}`), next];
}

function runLines({ run, steps }) {
  return [`status: ${run.status}, ${steps.items.length} steps`, ...run.output.text.split('\n').map((line) => `| ${line}`)];
}
