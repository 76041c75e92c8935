import { Module, type DynamicModule } from '@nestjs/common';
import { AuthConfig, ConfigurationModule, DatabaseConfig, DatabaseModule, GitConfig, HealthConfig, HttpConfig, RuntimeConfig, TlsConfig } from '#database';
import { AgentRepositoriesModule } from './agent-repositories/agent-repositories.module.js';
import { AuthModule } from './auth/auth.module.js';
import { GitAgentsModule } from './git-agents/git-agents.module.js';
import { HealthModule } from './health/health.module.js';
import { MeModule } from './me/me.module.js';
import { SeedModule } from './seed/seed.module.js';

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
        ConfigurationModule.forRoot({ areas: [RuntimeConfig, HttpConfig, AuthConfig, HealthConfig, GitConfig, DatabaseConfig, TlsConfig] }),
        HealthModule,
        AuthModule,
        MeModule,
        AgentRepositoriesModule,
        GitAgentsModule,
        SeedModule,
        DatabaseModule.forRoot({ pools: ['tenant', 'privileged'], applicationName: 'plinth-api' }),
      ],
    };
  }
}
