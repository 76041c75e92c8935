import 'reflect-metadata';
import { AgentRepository } from './git/agent-repository.entity.js';
import { GitAgent } from './git/git-agent.entity.js';
import { GitCredential } from './git/git-credential.entity.js';
import { OrganizationUser } from './identity/organization-user.entity.js';
import { Organization } from './identity/organization.entity.js';
import { RefreshToken } from './identity/refresh-token.entity.js';
import { UserCredential } from './identity/user-credential.entity.js';
import { User } from './identity/user.entity.js';
import { JobSchedule } from './platform/job-schedule.entity.js';
import { Job } from './platform/job.entity.js';
import { SystemJob } from './platform/system-job.entity.js';
import { UnrestrictedAccess } from './platform/unrestricted-access.entity.js';
import { Permission } from './teams/permission.entity.js';
import { RolePermission } from './teams/role-permission.entity.js';
import { Role } from './teams/role.entity.js';

export * from './identity/organization-user.entity.js';
export * from './identity/organization.entity.js';
export * from './identity/refresh-token.entity.js';
export * from './identity/user-credential.entity.js';
export * from './identity/user.entity.js';
export * from './git/agent-repository.entity.js';
export * from './git/git-agent.entity.js';
export * from './git/git-credential.entity.js';
export * from './teams/permission.entity.js';
export * from './teams/role-permission.entity.js';
export * from './teams/role.entity.js';
export * from './platform/job-schedule.entity.js';
export * from './platform/job.entity.js';
export * from './platform/system-job.entity.js';
export * from './platform/unrestricted-access.entity.js';
export { JOB_STATES, type JobState } from './platform/job-state.js';
export { tenancyOf, type EntityTarget, type GrantedRole, type PolicyDeclaration, type TableGrants, type TenancyClass, type TenancyDeclaration } from './declare/tenancy.js';
export type { RowOf } from './rows.js';

/** Every entity, in the order of the data model. What is not listed here does not exist for TypeORM, migrations or proofs. */
export const entities = [
  OrganizationUser,
  Organization,
  RefreshToken,
  UserCredential,
  User,
  AgentRepository,
  GitAgent,
  GitCredential,
  Permission,
  RolePermission,
  Role,
  JobSchedule,
  Job,
  SystemJob,
  UnrestrictedAccess,
] as const;
