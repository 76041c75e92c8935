import { Module, type DynamicModule } from '@nestjs/common';
import { ApiExcludeController, ApiTags } from '@nestjs/swagger';
import {
  AccountsConfig,
  AuditConfig,
  AuthConfig,
  ConfigurationModule,
  DatabaseConfig,
  DatabaseModule,
  EncryptionConfig,
  GitConfig,
  HealthConfig,
  HealthModule,
  HttpConfig,
  InvitationConfig,
  McpConfig,
  MetricsConfig,
  RateLimitConfig,
  RequestRecordsConfig,
  RunsConfig,
  RuntimeConfig,
  TlsConfig,
} from '#database';
import { queueProbe } from '#queue';
import { MetricsModule } from '#service';
import { AccountsModule } from './accounts/accounts.module.js';
import { AgentConfigurationsModule } from './agents/agents.module.js';
import { AdminModule } from './admin/admin.module.js';
import { AgentRepositoriesModule } from './agent-repositories/agent-repositories.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuditLogModule } from './audit-log/audit-log.module.js';
import { AuthModule } from './auth/auth.module.js';
import { Public } from './auth/public.decorator.js';
import { GitAgentsModule } from './git-agents/git-agents.module.js';
import { GitCredentialsModule } from './git-credentials/git-credentials.module.js';
import { InvitationsModule } from './invitations/invitations.module.js';
import { ApiCallsModule } from './http/api-calls/api-calls.module.js';
import { RateLimitsModule } from './http/rate-limits/rate-limits.module.js';
import { MeModule } from './me/me.module.js';
import { McpModule } from './mcp/mcp.module.js';
import { MembersModule } from './members/members.module.js';
import { OrganizationModule } from './organization/organization.module.js';
import { AgentRunsModule } from './runs/runs.module.js';
import { SchemaDocsModule } from './schema-docs/schema-docs.module.js';
import { SeedModule } from './seed/seed.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { UsageModule } from './usage/usage.module.js';

/** The areas of the configuration that the API uses. */
export const API_AREAS = [
  RuntimeConfig,
  HttpConfig,
  AuthConfig,
  InvitationConfig,
  AuditConfig,
  AccountsConfig,
  EncryptionConfig,
  HealthConfig,
  MetricsConfig,
  RateLimitConfig,
  RequestRecordsConfig,
  GitConfig,
  RunsConfig,
  McpConfig,
  DatabaseConfig,
  TlsConfig,
] as const;

/**
 * The API's table of contents, in the order a request meets it. Before all of it stands `http/`: the hook that opens the
 * request's context and, after it, the pipe that checks input and the filter that answers errors.
 */
@Module({})
export class ApiModule {
  /** Made on demand and not at import, since the configuration is read here. @throws ConfigurationError */
  static forRoot(): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigurationModule.forRoot({ areas: API_AREAS }),
        HealthModule.forRoot({ service: 'api', queue: queueProbe, decorators: [Public(), ApiTags('Health')] }),
        MetricsModule.forRoot({ decorators: [Public(), ApiExcludeController()] }),
        RateLimitsModule,
        ApiCallsModule,
        AuthModule,
        AccountsModule,
        MeModule,
        OrganizationModule,
        MembersModule,
        InvitationsModule,
        AuditLogModule,
        SessionsModule,
        ApiKeysModule,
        AgentConfigurationsModule,
        AgentRepositoriesModule,
        GitCredentialsModule,
        GitAgentsModule,
        AgentRunsModule,
        TasksModule,
        UsageModule,
        McpModule,
        AdminModule,
        SchemaDocsModule,
        SeedModule,
        DatabaseModule.forRoot({ pools: ['tenant', 'privileged'], applicationName: 'plinth-api' }),
      ],
    };
  }
}
