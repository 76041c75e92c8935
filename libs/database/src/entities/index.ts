import 'reflect-metadata';
import { ExternalAccount } from './billing/external-account.entity.js';
import { Payment } from './billing/payment.entity.js';
import { StripeCustomer } from './billing/stripe-customer.entity.js';
import { Subscription } from './billing/subscription.entity.js';
import { WebhookEvent } from './billing/webhook-event.entity.js';
import { Agent } from './core/agent.entity.js';
import { ApiCall } from './core/api-call.entity.js';
import { Task } from './core/task.entity.js';
import { EmailNotification } from './email/email-notification.entity.js';
import { EmailPreference } from './email/email-preference.entity.js';
import { EmailTemplate } from './email/email-template.entity.js';
import { FileAccessLog } from './files/file-access-log.entity.js';
import { FileShare } from './files/file-share.entity.js';
import { FileUploadSession } from './files/file-upload-session.entity.js';
import { StoredFile } from './files/stored-file.entity.js';
import { AgentRepository } from './git/agent-repository.entity.js';
import { GitAgent } from './git/git-agent.entity.js';
import { GitCredential } from './git/git-credential.entity.js';
import { ApiKey } from './identity/api-key.entity.js';
import { AuditLog } from './identity/audit-log.entity.js';
import { OrganizationInvitation } from './identity/organization-invitation.entity.js';
import { OrganizationUser } from './identity/organization-user.entity.js';
import { Organization } from './identity/organization.entity.js';
import { RefreshToken } from './identity/refresh-token.entity.js';
import { UserCredential } from './identity/user-credential.entity.js';
import { User } from './identity/user.entity.js';
import { IdempotencyKey } from './platform/idempotency-key.entity.js';
import { JobSchedule } from './platform/job-schedule.entity.js';
import { Job } from './platform/job.entity.js';
import { MigrationRun } from './platform/migration-run.entity.js';
import { OneTimeToken } from './platform/one-time-token.entity.js';
import { RateLimit } from './platform/rate-limit.entity.js';
import { Registration } from './platform/registration.entity.js';
import { SchemaLedger } from './platform/schema-ledger.entity.js';
import { SystemJob } from './platform/system-job.entity.js';
import { UnrestrictedAccess } from './platform/unrestricted-access.entity.js';
import { Permission } from './teams/permission.entity.js';
import { RolePermission } from './teams/role-permission.entity.js';
import { Role } from './teams/role.entity.js';
import { TeamInvitation } from './teams/team-invitation.entity.js';
import { TeamMembership } from './teams/team-membership.entity.js';
import { Team } from './teams/team.entity.js';
import { InputRequest } from './workflow/input-request.entity.js';
import { OrganizationUsage } from './workflow/organization-usage.entity.js';
import { RunEvent } from './workflow/run-event.entity.js';
import { Run } from './workflow/run.entity.js';
import { Step } from './workflow/step.entity.js';
import { WorkflowData } from './workflow/workflow-data.entity.js';

export * from './identity/api-key.entity.js';
export * from './identity/audit-log.entity.js';
export * from './identity/organization-invitation.entity.js';
export * from './identity/organization-user.entity.js';
export * from './identity/organization.entity.js';
export * from './identity/refresh-token.entity.js';
export * from './identity/user-credential.entity.js';
export * from './identity/user.entity.js';
export * from './core/agent.entity.js';
export * from './core/api-call.entity.js';
export * from './core/task.entity.js';
export * from './git/agent-repository.entity.js';
export * from './git/git-agent.entity.js';
export * from './git/git-credential.entity.js';
export * from './workflow/input-request.entity.js';
export * from './workflow/organization-usage.entity.js';
export * from './workflow/run-event.entity.js';
export * from './workflow/run.entity.js';
export * from './workflow/step.entity.js';
export * from './workflow/workflow-data.entity.js';
export * from './teams/permission.entity.js';
export * from './teams/role-permission.entity.js';
export * from './teams/role.entity.js';
export * from './teams/team-invitation.entity.js';
export * from './teams/team-membership.entity.js';
export * from './teams/team.entity.js';
export * from './billing/external-account.entity.js';
export * from './billing/payment.entity.js';
export * from './billing/stripe-customer.entity.js';
export * from './billing/subscription.entity.js';
export * from './billing/webhook-event.entity.js';
export * from './email/email-notification.entity.js';
export * from './email/email-preference.entity.js';
export * from './email/email-template.entity.js';
export * from './files/file-access-log.entity.js';
export * from './files/file-share.entity.js';
export * from './files/file-upload-session.entity.js';
export * from './files/stored-file.entity.js';
export * from './platform/idempotency-key.entity.js';
export * from './platform/job-schedule.entity.js';
export * from './platform/job.entity.js';
export * from './platform/migration-run.entity.js';
export * from './platform/one-time-token.entity.js';
export * from './platform/rate-limit.entity.js';
export * from './platform/registration.entity.js';
export * from './platform/schema-ledger.entity.js';
export * from './platform/system-job.entity.js';
export * from './platform/unrestricted-access.entity.js';
export { JOB_STATES, type JobState } from './platform/job-state.js';
export {
  tenancyOf,
  type EntityTarget,
  type GrantedRole,
  type PolicyDeclaration,
  type TableGrants,
  type TenancyClass,
  type TenancyDeclaration,
} from './declare/tenancy.js';
export type { RowOf } from './rows.js';

/** Every entity, in the order of the data model. What is not listed here does not exist for TypeORM, migrations or proofs. */
export const entities = [
  ApiKey,
  AuditLog,
  OrganizationInvitation,
  OrganizationUser,
  Organization,
  RefreshToken,
  UserCredential,
  User,
  Agent,
  ApiCall,
  Task,
  AgentRepository,
  GitAgent,
  GitCredential,
  InputRequest,
  OrganizationUsage,
  RunEvent,
  Run,
  Step,
  WorkflowData,
  Permission,
  RolePermission,
  Role,
  TeamInvitation,
  TeamMembership,
  Team,
  ExternalAccount,
  Payment,
  StripeCustomer,
  Subscription,
  WebhookEvent,
  EmailNotification,
  EmailPreference,
  EmailTemplate,
  FileAccessLog,
  FileShare,
  FileUploadSession,
  StoredFile,
  IdempotencyKey,
  JobSchedule,
  Job,
  MigrationRun,
  OneTimeToken,
  RateLimit,
  Registration,
  SchemaLedger,
  SystemJob,
  UnrestrictedAccess,
] as const;
