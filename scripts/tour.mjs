/**
 * Everything that Plinth does, over HTTP, as newcomers would do it, against a running Plinth: register, invite members, issue a key, read
 * repositories of agents, run one that asks a person and runs another, follow it live, cancel one, give a task, look at usage and the audit log, do the
 * same through MCP; then another organization tries to get at any of it.
 *
 *   npm run tour -- [--write] [--url http://127.0.0.1:3000] [<path or URL of a Git repository>[#<branch>] …]
 *
 * Reads what is sent to addresses in the outbox below PLINTH_HOME, so it needs a Plinth in development on this machine; without a
 * repository it reads the example agents. Exits 1 at the first answer that is not as it must be. `--write` writes docs/tour.md.
 */
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { main, root, Stop } from './lib/say.mjs';
import { writeAgents } from './tour/agents.mjs';
import { showEvidence } from './tour/evidence.mjs';
import { TourError } from './tour/expect.mjs';
import { Caller } from './tour/http.mjs';
import { writeTour } from './tour/markdown.mjs';
import { goThroughMcp } from './tour/mcp.mjs';
import { inviteMembers, issueKey, registerOwner } from './tour/people.mjs';
import { addRepositories, exampleRepository, repositoryOf } from './tour/repositories.mjs';
import { cancelOne, runAndAnswer } from './tour/runs.mjs';
import { lookFromOutside } from './tour/strangers.mjs';
import { giveTasks } from './tour/tasks.mjs';
import { Transcript } from './tour/transcript.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string', default: `http://127.0.0.1:${process.env.PORT || 3000}` }, write: { type: 'boolean', default: false } },
});
const home = resolve(root, process.env.PLINTH_HOME || '.plinth');

await main(async () => {
  const suffix = randomUUID().slice(0, 8);
  const transcript = new Transcript(suffix);
  try {
    await tour({ suffix, transcript, home, url: values.url });
  } catch (error) {
    if (error instanceof TourError) throw new Stop(`tour: ${error.message}`);
    throw error;
  }
  if (values.write) writeTour(join(root, 'docs', 'tour.md'), transcript, root);
  console.log(`\nAll of it was as it must be.${values.write ? ' docs/tour.md is written.' : ''}`);
});

async function tour({ url, ...surroundings }) {
  const named = positionals.length > 0 ? positionals : [exampleRepository(home)];
  const anybody = new Caller({ url, transcript: surroundings.transcript, who: 'anybody' });
  let stage = { ...surroundings, anybody, repositories: named.map(repositoryOf) };
  stage = { ...stage, ...(await registerOwner(stage)) };
  stage = { ...stage, ...(await inviteMembers(stage)) };
  stage = { ...stage, ...(await issueKey(stage)) };
  stage = { ...stage, ...(await addRepositories(stage)) };
  stage = { ...stage, ...(await writeAgents(stage)) };
  const runId = await runAndAnswer(stage);
  await cancelOne(stage);
  await giveTasks(stage);
  await showEvidence(stage);
  await goThroughMcp(stage);
  await lookFromOutside({ ...stage, runId });
}
