import { check, until } from './expect.mjs';
import { problemLines } from './http.mjs';

/** Work that is done at a time, or again and again: each time it makes a run. */
export async function giveTasks({ dan, vera, transcript, writer }) {
  transcript.section('Work for later', 'A task makes a run, at once, at a time, or as cron says in a time zone, and is tried again when that fails.');
  const task = { agentId: writer.id, title: 'The October letter', input: { prompt: 'Write the October letter.' } };
  await vera.ask('POST', '/v1/tasks', { body: task, expect: 403, show: problemLines });
  const { id } = await dan.ask('POST', '/v1/tasks', { body: task, expect: 201, show: ['title', 'attempts', 'maxAttempts'] });
  const read = (more) => dan.ask('GET', `/v1/tasks/${id}`, { expect: 200, ...more });
  await until('the task is done', async () => (await read({ quiet: true })).status === 'COMPLETED');
  const { runId } = await read({ show: ['status', 'runId'] });
  const run = await vera.ask('GET', `/v1/runs/${runId}`, { expect: 200, show: ['agentName', 'status', 'prompt'] });
  check(run.status === 'COMPLETED', `The run of the task is ${run.status}.`);
  const weekly = { ...task, title: 'Every Monday', cron: '0 9 * * 1', timeZone: 'Europe/Berlin' };
  const { id: weeklyId } = await dan.ask('POST', '/v1/tasks', { body: weekly, expect: 201, show: ['status', 'cron', 'timeZone', 'scheduledAt'] });
  await dan.ask('DELETE', `/v1/tasks/${weeklyId}`, { expect: 204 });
}
