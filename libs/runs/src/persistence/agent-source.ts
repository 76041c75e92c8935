import { isUuid, type Db } from '#database';
import { isJsonObject } from '../storable.js';
import type { AgentReference, AgentSnapshot } from '../runs.types.js';

/** Finds the agent that a run is made from. */
export interface AgentSource {
  /** The agent as it is now, or undefined where there is no active one. */
  find(db: Db, reference: AgentReference): Promise<AgentSnapshot | undefined>;
}

interface AgentRow {
  kind: 'agent' | 'git_agent';
  id: string;
  name: string;
  model: string | null;
  system_prompt: string | null;
  parameters: unknown;
  tools: string[] | null;
  frontmatter: unknown;
  body: string | null;
}

const OWN = `select 1 as place, 'agent' as kind, id::text, name, model, system_prompt, parameters, tools, null::jsonb as frontmatter, null as body
  from app.agent where org_id = :orgId and is_active`;
const FROM_GIT = `select 2, 'git_agent', uid::text, name, null, null, null, null, frontmatter, body
  from app.git_agent where org_id = :orgId and is_active`;
const BY_NAME = `(${OWN} and name = :name::text) union all (${FROM_GIT} and name = :name::text order by id limit 1) order by place limit 1`;
const BY_ID = `(${OWN} and id = :id::uuid) union all (${FROM_GIT} and uid = :id::uuid) order by place limit 1`;

/** The agents in the database: an organization's own before those found in its repositories; of several in Git, the first found. */
export const storedAgents: AgentSource = {
  async find(db, { id, name }) {
    if (id !== undefined && !isUuid(id)) return undefined;
    const [row] = id === undefined ? await db.query<AgentRow>(BY_NAME, { name }) : await db.query<AgentRow>(BY_ID, { id });
    if (row === undefined) return undefined;
    return row.kind === 'agent' ? ownAgent(row) : agentOfFile(row);
  },
};

function ownAgent({ id, name, model, system_prompt, parameters, tools }: AgentRow): AgentSnapshot {
  return {
    name,
    model,
    systemPrompt: system_prompt,
    parameters: isJsonObject(parameters) ? parameters : {},
    tools: tools ?? [],
    source: { kind: 'agent', id },
  };
}

/** What a file says: its text is the prompt, unless the frontmatter has one. What is of another type is as if it were not there. */
function agentOfFile({ id, name, frontmatter, body }: AgentRow): AgentSnapshot {
  const facts = isJsonObject(frontmatter) ? frontmatter : {};
  return {
    name,
    model: textOf(facts['model']),
    systemPrompt: textOf(facts['prompt']) ?? textOf(facts['system_prompt']) ?? textOf(facts['systemPrompt']) ?? textOf(body) ?? textOf(facts['description']),
    parameters: isJsonObject(facts['parameters']) ? facts['parameters'] : {},
    tools: namesOf(facts['tools']),
    source: { kind: 'git_agent', id },
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A list of names, or one text with commas. */
function namesOf(value: unknown): string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return items.flatMap((item) => textOf(item) ?? []);
}
