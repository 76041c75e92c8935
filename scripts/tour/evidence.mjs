import { check, until } from './expect.mjs';
import { problemLines } from './http.mjs';

const ACTIONS = ['invitation.created', 'member.joined', 'api_key.created', 'agent.created', 'input_request.answered', 'run.cancelled'];
const ENTRIES_SHOWN = 16;
const CALLS_SHOWN = 12;

/** What all of this came to, who did what, and which requests were made. */
export async function showEvidence({ ada, dan, vera, transcript }) {
  transcript.section(
    'Usage, the audit log, and the requests',
    'Usage is counted from the runs. The audit log holds what a person would ask about, written with the change itself; requests are recorded a moment later.',
  );
  await showUsage({ dan, vera });
  const { items: entries } = await ada.ask('GET', '/v1/audit-log?limit=100', {
    expect: 200,
    show: ({ items }) => items.slice(0, ENTRIES_SHOWN).map(entryLine),
  });
  const missing = ACTIONS.filter((action) => !entries.some((entry) => entry.action === action));
  check(missing.length === 0, `The audit log lacks ${missing.join(', ')}; it has ${[...new Set(entries.map(({ action }) => action))].join(', ')}.`);
  await dan.ask('GET', '/v1/audit-log', { expect: 403, show: problemLines });
  await until('the requests are recorded', async () =>
    (await ada.everyPage('/v1/api-calls')).some(({ method, route }) => method === 'DELETE' && route.endsWith('/tasks/:id')),
  );
  await ada.ask('GET', '/v1/api-calls?limit=100', {
    expect: 200,
    show: ({ items }) =>
      items
        .filter(({ method }) => method === 'POST')
        .slice(0, CALLS_SHOWN)
        .map(({ method, route, statusCode }) => `${method} ${route} -> ${statusCode}`),
  });
}

async function showUsage({ dan, vera }) {
  const usage = await dan.ask('GET', '/v1/usage/current', { expect: 200, show: ['runs', 'tokens', 'costMicros', 'runsByStatus'] });
  check(
    usage.runsByStatus.COMPLETED === 3 && usage.runsByStatus.CANCELLED === 1,
    `Three runs completed and one was cancelled; usage says ${JSON.stringify(usage.runsByStatus)}.`,
  );
  const runs = await vera.everyPage('/v1/runs');
  const tokens = runs.reduce((sum, { totalTokens }) => sum + totalTokens, 0);
  check(usage.tokens === tokens, `The runs used ${tokens} tokens; usage says ${usage.tokens}.`);
}

function entryLine({ action, actorType, subjectType, changes }) {
  return `${action} by ${actorType}${subjectType === null ? '' : ` on ${subjectType}`}${changes === null ? '' : ` ${JSON.stringify(changes)}`}`;
}
