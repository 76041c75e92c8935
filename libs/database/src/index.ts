export { PlinthError, sqlStateOf, type ErrorFamily, type PlinthErrorOptions } from './errors.js';
export { isUuid, newId } from './ids.js';
export { clientNetwork, plainAddress } from './network/client-network.js';
export { createLogger, type Logger } from './logging.js';

// concurrency
export { VersionConflictError } from './concurrency/version-conflict.js';

// audit
export { writeAudit, type AuditEntry } from './audit/write-audit.js';

// tenancy: the request's context
export { ACTOR_TYPES, currentContext, RequestContext, runWithContext, type ActorType, type Principal } from './tenancy/context.js';

export { DatabaseModule, type DatabaseModuleOptions } from './database.module.js';

// tenancy: connections
export { AuthConnection } from './tenancy/auth-connection.js';
export { Database, openDatabase, type DatabaseUrls, type OpenDatabaseOptions, type TenantActor } from './tenancy/database.js';
export type { Db } from './tenancy/db.js';
export { observeBatches, type SentBatch } from './tenancy/driver/sent-batches.js';
export {
  CommitRolledBackError,
  CommitUnknownError,
  ConnectionLostError,
  DatabaseUnavailableError,
  InvalidOrganizationIdError,
  NativeDriverError,
  NestedTransactionError,
  NoTenantError,
  OutsideTransactionError,
  ParallelTransactionError,
  ParameterValueError,
  PoolExhaustedError,
  PoolNotOpenError,
  StatementParameterError,
  StatementRefusedError,
  TransactionEndedError,
  UnknownDatabaseError,
} from './tenancy/errors.js';
export { closeFurtherDatabases, getDatabaseConnection } from './tenancy/further-databases.js';
export type { NotificationHandler } from './tenancy/listener.js';
export { PlainConnection, QueueConnection } from './tenancy/plain-connection.js';
export { closeProcessDatabase, createTenantConnection, createUnrestrictedConnection, openConfiguredDatabase } from './tenancy/process-database.js';
export type { DatabaseSettings } from './tenancy/settings.js';
export type { Row, Sql, SqlParameters, TransactionalSql } from './tenancy/sql.js';
export { TenantConnection } from './tenancy/tenant-connection.js';
export type { Tx } from './tenancy/tx.js';
export { UnrestrictedConnection, type UnrestrictedUse } from './tenancy/unrestricted-connection.js';

// tenancy: scoped repositories
export {
  InvalidCursorError,
  InvalidLimitError,
  PropertyRefusedError,
  RowNotFoundError,
  UnboundedWriteError,
  UnknownPropertyError,
  UnscopedEntityError,
} from './tenancy/repository/errors.js';
export type { ScopedRepository } from './tenancy/repository/scoped-repository.js';
export type {
  AllRows,
  Comparison,
  Direction,
  EntityClass,
  FindOptions,
  InsertValues,
  Order,
  Page,
  PageOptions,
  PropertyOf,
  UpdateValues,
  UpsertOptions,
  Where,
} from './tenancy/repository/types.js';

// tenancy: what stops the boot
export { NoBoundaryError, SharedLoginError, UnsafeLoginError } from './tenancy/boot/errors.js';

// entities
export * from './entities/index.js';

// config
export { configClasses } from './config/all-areas.js';
export { AccountsConfig } from './config/areas/accounts.config.js';
export { AuditConfig } from './config/areas/audit.config.js';
export { AuthConfig } from './config/areas/auth.config.js';
export { DatabaseConfig, type RoundTripForm } from './config/areas/database.config.js';
export { EmbeddedConfig } from './config/areas/embedded.config.js';
export { EncryptionConfig } from './config/areas/encryption.config.js';
export { GitConfig, type GitProtocol } from './config/areas/git.config.js';
export { HealthConfig } from './config/areas/health.config.js';
export { HttpConfig } from './config/areas/http.config.js';
export { InvitationConfig } from './config/areas/invitation.config.js';
export { McpConfig } from './config/areas/mcp.config.js';
export { MaintenanceConfig } from './config/areas/maintenance.config.js';
export { MetricsConfig } from './config/areas/metrics.config.js';
export { MigrationConfig } from './config/areas/migration.config.js';
export { ModelConfig } from './config/areas/model.config.js';
export { QueueConfig } from './config/areas/queue.config.js';
export { RateLimitConfig } from './config/areas/rate-limit.config.js';
export { RequestRecordsConfig } from './config/areas/request-records.config.js';
export { RunsConfig } from './config/areas/runs.config.js';
export { RuntimeConfig } from './config/areas/runtime.config.js';
export { TlsConfig } from './config/areas/tls.config.js';
export { WorkerConfig } from './config/areas/worker.config.js';
export { ConfigurationModule, configProvider } from './config/config.module.js';
export { connectionBudget, type ConnectionBudget, type PoolName } from './config/connection-budget.js';
export { connectionOptions, directUrl } from './config/connection-url.js';
export { environmentKind, type Environment, type EnvironmentKind } from './config/environment.js';
export { ConfigurationError, type ConfigurationProblem } from './config/errors.js';
export { KeyRing, parseKeyRing, type RingKey } from './config/key-ring.js';
export { checkConfig, loadConfig } from './config/load-config.js';
export { maskPasswords } from './config/masking.js';
export { parseModelPrices, type ModelPrice, type ModelPrices } from './config/model-prices.js';
export { requiredUrl, optionalDirectUrl } from './config/required-url.js';

// metering
export { EventCounter, eventCounter, eventCounters, type CountedEvents } from './metering/event-counter.js';
export { activeTracer, inSpan, type SpanFacts } from './tracing/in-span.js';

// schema and seeds
export { baseDataSourceOptions } from './data-source-options.js';
export { BUILT_IN_ROLES, createBuiltInRoles, type BuiltInRole } from './seeds/built-in-roles.js';
export { PERMISSIONS, type PermissionKey, type PermissionSeed } from './seeds/permissions.js';
export { seedReferenceData, type SeedReport } from './seeds/reference-data.js';

// health
export { carriesToken } from './health/bearer.js';
export type { QueueLag, QueueProbe } from './health/checks/queue.check.js';
export type { HealthQuery } from './health/finding.js';
export { HealthModule, type HealthModuleOptions } from './health/health.module.js';
export type { HealthReport, PublicHealthReport } from './health/health-report.js';
export { HealthReporter } from './health/health-reporter.js';
