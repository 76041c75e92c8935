import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tableFactsOf } from '../../../entities/declare/table-facts.js';
import type { EntityTarget } from '../../../entities/declare/tenancy.js';
import { entities } from '../../../entities/index.js';
import { UndocumentedEntityError } from '../errors.js';

export interface Area {
  /** Of `entities/`. */
  readonly folder: string;
  readonly title: string;
  readonly about: string;
}

/** The folders of `entities/`, in the order in which they are read best. */
export const AREAS: readonly Area[] = [
  {
    folder: 'identity',
    title: 'Identity and organizations',
    about: 'People, the organizations they belong to, and how people and programs prove who they are.',
  },
  { folder: 'core', title: 'Core', about: 'Agents as organizations configure them, the work they are given, and the record of API requests.' },
  { folder: 'git', title: 'Agents in Git', about: 'Repositories that organizations register, and the agents that syncing finds in them.' },
  { folder: 'workflow', title: 'Workflow execution', about: 'Runs of agents, step by step, with what they ask, leave behind and cost.' },
  { folder: 'teams', title: 'Teams', about: 'Teams of an organization, their members, and the roles and permissions these have.' },
  { folder: 'billing', title: 'Billing', about: 'What Stripe knows of an organization, and the messages it sends.' },
  { folder: 'email', title: 'E-mail', about: 'What is sent to members, in which words, and what they do not want.' },
  { folder: 'files', title: 'Files', about: 'Files of an organization, who else may see them, and who looked.' },
  { folder: 'platform', title: "The platform's own", about: 'The queue, tokens, counters, and the books that the schema tools keep.' },
];

/** Where an entity is declared. */
export interface EntityPlace {
  readonly entity: EntityTarget;
  readonly area: string;
  /** From the root of the checkout. */
  readonly source: string;
}

/** Every entity with the folder it lies in, by its table. @throws UndocumentedEntityError for one that lies in no folder of AREAS. */
export async function placesOfEntities(): Promise<ReadonlyMap<string, EntityPlace>> {
  const places = new Map<string, EntityPlace>();
  for (const { folder } of AREAS) {
    for (const file of entityFiles(folder)) {
      const module = (await import(`../../../entities/${folder}/${file}.js`)) as Readonly<Record<string, unknown>>;
      const entity = entities.find((candidate) => Object.values(module).includes(candidate));
      if (entity !== undefined) places.set(tableFactsOf(entity).table, { entity, area: folder, source: `libs/database/src/entities/${folder}/${file}.ts` });
    }
  }
  const lost = entities.find((entity) => !places.has(tableFactsOf(entity).table));
  if (lost !== undefined) throw new UndocumentedEntityError(lost.name);
  return places;
}

/** `user.entity`, `organization.entity` …: names without the ending, which is another in dist. */
function entityFiles(folder: string): string[] {
  const names = readdirSync(join(import.meta.dirname, '..', '..', '..', 'entities', folder));
  return names.filter((name) => /\.entity\.[jt]s$/.test(name) && !name.endsWith('.d.ts')).map((name) => name.replace(/\.[jt]s$/, ''));
}
