/**
 * The main job over HTTP, as a newcomer would do it, against a running Plinth: a second organization registers, adds a
 * Git repository of agents, syncs it, pages through the agents; then the first organization tries to get at any of it.
 *
 *   node scripts/tour.mjs --repository <path or URL of a Git repository> [--url http://127.0.0.1:3000] [--branch main]
 *
 * Reads what is sent to the new address in the outbox below PLINTH_HOME, so it needs a Plinth in development on this machine.
 * Prints what it asks and what is answered; exits 1 at the first answer that is not as it must be.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { randomUUID } from 'node:crypto';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const home = resolve(root, process.env.PLINTH_HOME || '.plinth');
const { values } = parseArgs({
  options: { repository: { type: 'string' }, url: { type: 'string', default: 'http://127.0.0.1:3000' }, branch: { type: 'string', default: 'main' } },
});
if (values.repository === undefined) fail('Say which repository: --repository <path or URL>.');
const gitUrl = /^[a-z]+:\/\//.test(values.repository) ? values.repository : pathToFileURL(resolve(values.repository)).href;

const demo = demoLogin();
const first = await call('POST', '/v1/auth/login', { body: demo, expect: 200 });
const suffix = randomUUID().slice(0, 8);
const email = `owner-${suffix}@acme.example`;
await call('POST', '/v1/auth/register', {
  body: { email, password: `a long password ${suffix}`, name: 'Ada Owner', organizationName: `Acme ${suffix}` },
  expect: 202,
  show: true,
});
const second = await call('POST', '/v1/auth/verify', { body: { token: deliveredTo(email) }, expect: 201 });
await call('GET', '/v1/me', { token: second.accessToken, expect: 200, show: true });

const repository = await call('POST', '/v1/agent-repositories', {
  token: second.accessToken,
  body: { name: `agents ${suffix}`, gitUrl, branch: values.branch, isRoot: true },
  expect: 201,
  show: true,
});
await call('POST', `/v1/agent-repositories/${repository.id}/sync`, { token: second.accessToken, expect: 202 });
const synced = await untilSynced(repository.id, second.accessToken);
say(`synced at ${synced.lastSyncCommitHash}: ${synced.lastSyncStatus}, ${synced.lastSyncErrors?.length ?? 0} file errors`);

const agents = await allPages('/v1/git-agents?limit=100', second.accessToken);
say(
  `${agents.length} agents in the second organization, for example ${agents
    .slice(0, 3)
    .map(({ name }) => `"${name}"`)
    .join(', ')}`,
);
if (agents.length === 0) fail('The second organization has no agents.');

say('Now the first organization, with its own token:');
const unknown = randomUUID();
for (const [path, method] of [
  ['agent-repositories/:id', 'GET'],
  ['agent-repositories/:id', 'DELETE'],
  ['agent-repositories/:id/sync', 'POST'],
  ['git-agents/:id', 'GET'],
]) {
  const id = path.startsWith('git-agents') ? agents[0].id : repository.id;
  const theirs = await call(method, `/v1/${path.replace(':id', id)}`, { token: first.accessToken, expect: 404 });
  const nobodys = await call(method, `/v1/${path.replace(':id', unknown)}`, { token: first.accessToken, expect: 404, quiet: true });
  if (withoutId(theirs) !== withoutId(nobodys)) fail(`The answer for ${path} tells that the id exists elsewhere.`);
}
const foreign = new Set(agents.map(({ id }) => id));
const visible = await allPages('/v1/git-agents?limit=100', first.accessToken);
if (visible.some(({ id }) => foreign.has(id))) fail('The first organization sees agents of the second.');
say(`the first organization sees its own ${visible.length} agents and none of the other ${agents.length}. Done.`);

function demoLogin() {
  const [user] = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')).developmentUsers;
  return { email: user.email, password: user.password };
}

/** The token that was sent to an address: development appends what it sends to the outbox. */
function deliveredTo(address) {
  const lines = readFileSync(join(home, 'outbox.jsonl'), 'utf8').trim().split('\n');
  const delivery = lines.map((line) => JSON.parse(line)).findLast(({ to }) => to === address);
  return delivery?.token ?? fail(`No token was sent to ${address}.`);
}

async function untilSynced(id, token) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const found = await call('GET', `/v1/agent-repositories/${id}`, { token, expect: 200, quiet: true });
    if (found.lastSyncStatus === 'success' || found.lastSyncStatus === 'failure') return found;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return fail('The sync did not end within 60 s.');
}

async function allPages(path, token) {
  const items = [];
  let cursor = null;
  do {
    const page = await call('GET', cursor === null ? path : `${path}&cursor=${encodeURIComponent(cursor)}`, { token, expect: 200 });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && cursor !== undefined);
  return items;
}

async function call(method, path, { token, body, expect, show = false, quiet = false }) {
  const started = performance.now();
  const response = await fetch(values.url + path, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === '' ? {} : JSON.parse(text);
  if (!quiet) say(`${method} ${path} -> ${response.status} in ${Math.round(performance.now() - started)} ms`);
  if (response.status !== expect) fail(`${method} ${path}: expected ${expect}, got ${response.status}: ${text}`);
  if (show) console.log(JSON.stringify(answer, null, 2));
  return answer;
}

function withoutId(problem) {
  return JSON.stringify({ ...problem, requestId: undefined, instance: undefined });
}

function say(line) {
  console.log(line);
}

function fail(reason) {
  console.error(`tour: ${reason}`);
  process.exit(1);
}
