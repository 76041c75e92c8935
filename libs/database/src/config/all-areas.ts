import { AccountsConfig } from './areas/accounts.config.js';
import { AuditConfig } from './areas/audit.config.js';
import { AuthConfig } from './areas/auth.config.js';
import { DatabaseConfig } from './areas/database.config.js';
import { EmbeddedConfig } from './areas/embedded.config.js';
import { EncryptionConfig } from './areas/encryption.config.js';
import { GitConfig } from './areas/git.config.js';
import { HealthConfig } from './areas/health.config.js';
import { HttpConfig } from './areas/http.config.js';
import { InvitationConfig } from './areas/invitation.config.js';
import { McpConfig } from './areas/mcp.config.js';
import { MigrationConfig } from './areas/migration.config.js';
import { MaintenanceConfig } from './areas/maintenance.config.js';
import { MetricsConfig } from './areas/metrics.config.js';
import { MigrationRunConfig } from './areas/migration-run.config.js';
import { ModelConfig } from './areas/model.config.js';
import { QueueConfig } from './areas/queue.config.js';
import { RateLimitConfig } from './areas/rate-limit.config.js';
import { RequestRecordsConfig } from './areas/request-records.config.js';
import { RuntimeConfig } from './areas/runtime.config.js';
import { RunsConfig } from './areas/runs.config.js';
import { SchemaConfig } from './areas/schema.config.js';
import { TlsConfig } from './areas/tls.config.js';
import { WorkerConfig } from './areas/worker.config.js';
import type { ConfigClass } from './registry.js';

const CLASSES: readonly ConfigClass[] = Object.freeze([
  RuntimeConfig,
  DatabaseConfig,
  TlsConfig,
  MigrationConfig,
  MigrationRunConfig,
  SchemaConfig,
  EmbeddedConfig,
  HttpConfig,
  AuthConfig,
  InvitationConfig,
  AuditConfig,
  AccountsConfig,
  EncryptionConfig,
  RateLimitConfig,
  RequestRecordsConfig,
  HealthConfig,
  MetricsConfig,
  WorkerConfig,
  QueueConfig,
  GitConfig,
  ModelConfig,
  RunsConfig,
  MaintenanceConfig,
  McpConfig,
]);

/** Every area of the configuration, in the order of `.env.example` and docs/configuration.md. */
export function configClasses(): readonly ConfigClass[] {
  return CLASSES;
}
