import { randomUUID } from 'node:crypto';
import { check } from './expect.mjs';
import { demoLogin } from './outbox.mjs';
import { problemLines } from './http.mjs';

/** Another organization asks for what is not its own, and cannot tell it from what does not exist. */
export async function lookFromOutside({ anybody, home, transcript, repositories: [repository], gitAgents, runId }) {
  transcript.section('Another organization', 'It is answered as if none of this existed: word by word as for an id that nobody has.');
  const { accessToken } = await anybody.ask('POST', '/v1/auth/login', { body: demoLogin(home), expect: 200, show: ['role'] });
  const stranger = anybody.as('a stranger', accessToken);
  for (const [method, path, id] of [
    ['GET', '/v1/agent-repositories/:id', repository.id],
    ['DELETE', '/v1/agent-repositories/:id', repository.id],
    ['POST', '/v1/agent-repositories/:id/sync', repository.id],
    ['GET', '/v1/git-agents/:id', gitAgents[0].id],
    ['GET', '/v1/runs/:id', runId],
    ['GET', '/v1/runs/:id/steps', runId],
    ['GET', '/v1/runs/:id/events', runId],
    ['POST', '/v1/runs/:id/cancel', runId],
  ]) {
    await askInVain(stranger, method, path, id);
  }
  const foreign = new Set([...gitAgents.map((agent) => agent.id), runId]);
  const visible = [...(await stranger.everyPage('/v1/git-agents')), ...(await stranger.everyPage('/v1/runs'))];
  check(!visible.some(({ id }) => foreign.has(id)), 'Another organization sees what is not its own.');
  transcript.note('Its lists show its own agents and runs, and none of these.');
}

async function askInVain(stranger, method, path, id) {
  const theirs = await stranger.ask(method, path.replace(':id', id), { expect: 404, show: problemLines });
  const nobodys = await stranger.ask(method, path.replace(':id', randomUUID()), { expect: 404, quiet: true });
  check(withoutId(theirs) === withoutId(nobodys), `The answer for ${path} tells that the id exists elsewhere.`);
}

function withoutId(problem) {
  return JSON.stringify({ ...problem, requestId: undefined, instance: undefined });
}
