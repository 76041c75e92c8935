import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** What is kept of who did what. */
@ConfigArea('audit', { title: 'Audit log' })
export class AuditConfig {
  @Env('AUDIT_RETENTION_DAYS', { description: 'How long entries of the audit log are kept; 0 keeps them for ever.', unit: 'days' })
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly retentionDays: number = 0;
}
