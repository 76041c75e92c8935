import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { check, until } from './expect.mjs';

const AGENTS_SHOWN = 3;

/** A repository that was named by URL or path, with `#<branch>` behind it where that is not `main`. */
export function repositoryOf(text) {
  const [place, branch = 'main'] = text.split('#');
  return { url: /^[a-z+]+:\/\//.test(place) ? place : pathToFileURL(resolve(place)).href, branch };
}

/** The repository of example agents that a development installation makes for itself. */
export function exampleRepository(home) {
  return pathToFileURL(join(home, 'example-agents')).href;
}

/** Adds each repository and waits until the worker has read it. @returns every agent that was found */
export async function addRepositories({ dan, suffix, transcript, repositories }) {
  transcript.section('Repositories of agents', 'A developer registers a Git repository and has it read; the worker mirrors it and stores what it finds.');
  const added = [];
  for (const [index, { url, branch }] of repositories.entries()) {
    const body = { name: `Agents ${index + 1} ${suffix}`, gitUrl: url, branch, isRoot: true };
    const { id } = await dan.ask('POST', '/v1/agent-repositories', { body, expect: 201, show: ['name', 'gitUrl', 'branch', 'lastSyncStatus'] });
    await dan.ask('POST', `/v1/agent-repositories/${id}/sync`, { expect: 202 });
    added.push(await untilSynced(dan, id));
  }
  const agents = await dan.everyPage('/v1/git-agents');
  check(agents.length > 0, 'The repositories have no agents.');
  const shown = agents.slice(0, AGENTS_SHOWN).map(({ name }) => `"${name}"`);
  transcript.note(`${agents.length} agents were found, among them ${shown.join(', ')}.`);
  return { repositories: added, gitAgents: agents };
}

async function untilSynced(dan, id) {
  const path = `/v1/agent-repositories/${id}`;
  const hasEnded = ({ lastSyncStatus }) => lastSyncStatus === 'success' || lastSyncStatus === 'failure';
  const ask = (more) => dan.ask('GET', path, { expect: 200, ...more });
  await until('the repository is read', async () => hasEnded(await ask({ quiet: true })), 120_000);
  const synced = await ask({ show: ['lastSyncStatus', 'lastSyncCommitHash'] });
  check(synced.lastSyncStatus === 'success', `The sync failed: ${JSON.stringify(synced)}`);
  return synced;
}
