import { newId } from '#database';
import type { TestDatabase } from '#database/testing';
import { asSuperuser } from './as-superuser.js';
import type { RegisteredPerson, RunningApi } from './running-api.js';

/** Registers a repository over HTTP and returns its id. */
export async function createRepository(api: RunningApi, person: RegisteredPerson, name: string): Promise<string> {
  const { status, body, text } = await api.call('POST', '/v1/agent-repositories', {
    token: person.token,
    json: { name, gitUrl: 'https://git.example/agents.git' },
  });
  if (status !== 201) throw new Error(`The repository "${name}" answered ${status}: ${text}`);
  return String(body['id']);
}

export interface AgentFacts {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly isActive?: boolean;
}

/** Puts an agent into a repository, as a sync by the worker would, and returns its id. */
export async function addAgent(database: TestDatabase, repositoryId: string, { name, tags = [], isActive = true }: AgentFacts): Promise<string> {
  const uid = newId();
  await asSuperuser(
    database,
    `insert into app.git_agent (org_id, uid, agent_repository_id, name, file_path, content_hash, frontmatter, is_active, tags)
     select org_id, $2, id, $3::text, $3::text || '.md', md5($3::text), jsonb_build_object('name', $3::text), $4, $5
       from app.agent_repository where uid = $1`,
    [repositoryId, uid, name, isActive, [...tags]],
  );
  return uid;
}
