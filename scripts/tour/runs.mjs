import { randomUUID } from 'node:crypto';
import { check } from './expect.mjs';
import { follow } from './sse.mjs';
import { problemLines } from './http.mjs';

const PROMPT = 'Tell our customers about the delay.';

/** Runs the coordinator, follows it live, and answers what it asks. */
export async function runAndAnswer({ dan, vera, transcript }) {
  transcript.section(
    'A run, followed live',
    'The run is a row before anything happens, and a worker takes it on. Whoever follows it reads server-sent events; while it waits for a person it holds neither a worker nor a connection.',
  );
  const body = { agent: 'Coordinator', prompt: PROMPT };
  await vera.ask('POST', '/v1/runs', { body, expect: 403, show: problemLines });
  const headers = { 'idempotency-key': randomUUID() };
  const { id } = await dan.ask('POST', '/v1/runs', { body, headers, expect: 202, show: ['id', 'agentName', 'limits'] });
  const again = await dan.ask('POST', '/v1/runs', { body, headers, expect: 202, quiet: true });
  check(again.id === id, 'The same Idempotency-Key made a second run.');
  transcript.note('The same request with the same Idempotency-Key is answered with the same run.');
  await follow(dan, id, async ({ type, data }) => {
    if (type !== 'INPUT_REQUESTED') return;
    await answerTwice({ dan, vera }, data.inputRequestId);
    transcript.note('The stream of events goes on:');
  });
  await showOutcome({ vera, transcript }, id);
  return id;
}

/** Answers a question wrongly, then rightly. */
async function answerTwice({ dan, vera }, questionId) {
  const path = `/v1/input-requests/${questionId}`;
  await vera.ask('GET', path, { expect: 200, show: ['prompt', 'schema', 'isOpen'] });
  await vera.ask('POST', `${path}/answer`, { body: { response: { count: 3 } }, expect: 403, show: problemLines });
  await dan.ask('POST', `${path}/answer`, { body: { response: { count: 'three' } }, expect: 422, show: problemLines });
  await dan.ask('POST', `${path}/answer`, { body: { response: { count: 3 } }, expect: 200, show: ['response', 'isOpen'] });
}

/** The run as it ended, its steps, and the run that it called. */
async function showOutcome({ vera, transcript }, id) {
  const run = await vera.ask('GET', `/v1/runs/${id}`, {
    expect: 200,
    show: ({ status, stepCount, totalTokens, output }) => [
      `status: ${status}`,
      `steps: ${stepCount}, tokens: ${totalTokens}`,
      ...output.text.split('\n').map((line) => `| ${line}`),
    ],
  });
  check(run.status === 'COMPLETED', `The run is ${run.status}.`);
  const { items: steps } = await vera.ask('GET', `/v1/runs/${id}/steps`, { expect: 200, show: ({ items }) => items.map(stepLine) });
  check(
    steps.every(({ sequenceNumber }, index) => sequenceNumber === index + 1),
    'The steps are not numbered without gaps.',
  );
  const nestedId = steps.find(({ type }) => type === 'AGENT').input.runId;
  const nested = await vera.ask('GET', `/v1/runs/${nestedId}`, { expect: 200, show: ['agentName', 'status', 'parentRunId', 'callStack'] });
  check(nested.status === 'COMPLETED' && nested.parentRunId === id, 'The nested run is not what it must be.');
  const { items: data } = await vera.ask('GET', `/v1/runs/${id}/data`, {
    expect: 200,
    show: ({ items }) => items.map(({ key, value, tags, createdByAgent }) => `${key} = ${JSON.stringify(value)} ${JSON.stringify(tags)}, by ${createdByAgent}`),
  });
  check(
    data.some(({ key }) => key === 'letter'),
    'What the nested run has written is not there.',
  );
  transcript.note('The run that was called used tokens of its own; they are on its row.');
}

function stepLine({ sequenceNumber, type, status, input, inputTokens, outputTokens }) {
  const name = input?.name === undefined ? '' : ` ${input.name}`;
  return `${sequenceNumber} ${type}${name} ${status}${type === 'MODEL' ? `, ${inputTokens} tokens in, ${outputTokens} out` : ''}`;
}

/** Starts another run and cancels it while it waits; nobody can answer it then. */
export async function cancelOne({ dan, transcript }) {
  transcript.section('A run, cancelled', 'A run that waits ends at once, and one that calls a model or tool within two seconds.');
  const { id } = await dan.ask('POST', '/v1/runs', { body: { agent: 'Coordinator', prompt: 'Once more.' }, expect: 202, show: ['id'] });
  let questionId;
  const last = await follow(dan, id, ({ type, data }) => {
    if (type === 'INPUT_REQUESTED') questionId = data.inputRequestId;
    return type === 'RUN_STATUS' && data.status === 'WAITING_INPUT';
  });
  await dan.ask('POST', `/v1/runs/${id}/cancel`, { expect: 200, show: ['status'] });
  await follow(dan, id, () => false, last);
  await dan.ask('POST', `/v1/runs/${id}/cancel`, { expect: 409, show: problemLines });
  await dan.ask('POST', `/v1/input-requests/${questionId}/answer`, { body: { response: { count: 1 } }, expect: 409, show: problemLines });
}
