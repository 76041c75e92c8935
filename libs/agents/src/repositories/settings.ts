import type { AgentRepository } from '#database';
import { createHash } from 'node:crypto';

/** What a person sets of a repository, and no sync ever changes. */
export type AgentRepositorySettings = Pick<AgentRepository, 'name' | 'gitUrl' | 'branch' | 'isRoot' | 'agentDirectory'>;

/** The settings alone, of a row or a view. */
export function settingsOf({ name, gitUrl, branch, isRoot, agentDirectory }: AgentRepositorySettings): AgentRepositorySettings {
  return { name, gitUrl, branch, isRoot, agentDirectory };
}

/** Above every number that the column `version` can hold. */
const ABOVE_VERSIONS = 2 ** 48;

/**
 * A number for these settings: the entity tag of a repository. The row's own `version` rises with each sync too, so that a sync between
 * reading and changing would refuse the change without cause; this changes with the settings only.
 */
export function settingsVersion({ name, gitUrl, branch, isRoot, agentDirectory }: AgentRepositorySettings): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([name, gitUrl, branch, isRoot, agentDirectory]))
    .digest();
  return ABOVE_VERSIONS + digest.readUIntBE(0, 6);
}

/** Whether both read the same files: the name says nothing of that. */
export function isSameSource(one: Omit<AgentRepositorySettings, 'name'>, other: Omit<AgentRepositorySettings, 'name'>): boolean {
  return one.gitUrl === other.gitUrl && one.branch === other.branch && one.isRoot === other.isRoot && one.agentDirectory === other.agentDirectory;
}
