const QUESTION = {
  prompt: 'How many customers may be told?',
  schema: { type: 'object', required: ['count'], properties: { count: { type: 'integer', minimum: 1 } } },
};
const ORDER = { agent: 'Writer', prompt: 'Write to them.\n/call write_data {"key":"letter","value":"Dear customer","tags":["october"]}' };

/** A line by which the offline model calls a tool; a real model decides for itself. */
const call = (tool, args) => `/call ${tool} ${JSON.stringify(args)}`;

const WRITER = { name: 'Writer', description: 'Writes letters.', systemPrompt: 'You write letters.', tools: ['write_data'] };

const COORDINATOR = {
  name: 'Coordinator',
  description: 'Asks how many, has it written, and looks at it.',
  systemPrompt: [
    'You see to it that customers are told.',
    call('ask_for_input', QUESTION),
    call('run_agent', ORDER),
    call('read_data', { key: 'letter' }),
  ].join('\n'),
  tools: ['ask_for_input', 'run_agent', 'read_data'],
};

/** A developer writes two agents by hand, one of which asks a person and runs the other. */
export async function writeAgents({ dan, vera, transcript }) {
  transcript.section(
    'Agents, written by hand',
    'Without a model of its own (`MODEL_BASE_URL`) an installation answers by the offline model, which costs nothing and carries out the `/call` lines of a prompt: enough to try everything around it.',
  );
  const writer = await dan.ask('POST', '/v1/agents', { body: WRITER, expect: 201, show: ['name', 'tools'] });
  const { id } = await dan.ask('POST', '/v1/agents', {
    body: COORDINATOR,
    expect: 201,
    show: ({ name, tools, systemPrompt }) => [`name: ${name}`, `tools: ${JSON.stringify(tools)}`, ...systemPrompt.split('\n').map((line) => `| ${line}`)],
  });
  await changeAgent(dan, id);
  await vera.ask('GET', '/v1/agents', {
    expect: 200,
    show: ({ items: found }) => found.map(({ name, description }) => `${name}: ${description}`),
  });
  return { writer };
}

/** A change says which version it is of, so that nobody overwrites what they have not seen. */
async function changeAgent(dan, id) {
  const path = `/v1/agents/${id}`;
  const body = { description: 'Asks how many, has it written, and reads it back.' };
  await dan.ask('PATCH', path, { body, headers: { 'if-match': '"7"' }, expect: 412, show: ({ code, detail }) => [`If-Match: "7"`, `${code}: ${detail}`] });
  await dan.ask('PATCH', path, { body, headers: { 'if-match': '"1"' }, expect: 200, show: ({ version }) => [`If-Match: "1"`, `version: ${version}`] });
}
