import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** What is kept of requests, and for how long. */
@ConfigArea('request-records', { title: 'Records of requests' })
export class RequestRecordsConfig {
  @Env('API_CALL_RETENTION_DAYS', {
    description: 'How long the record of each authenticated request (api_call) is kept. 0 records none.',
    unit: 'days',
    defaults: { test: '0' },
  })
  @IsInt()
  @Min(0)
  @Max(3_650)
  readonly apiCallRetentionDays: number = 30;

  @Env('IDEMPOTENCY_RETENTION_HOURS', {
    description: 'How long an Idempotency-Key and the answer it got are kept; afterwards the key may be used anew.',
    unit: 'hours',
  })
  @IsInt()
  @Min(1)
  @Max(720)
  readonly idempotencyRetentionHours: number = 24;

  @Env('IDEMPOTENCY_LEASE_SECONDS', {
    description:
      'A request with an Idempotency-Key that has not ended after this long counts as broken off: its repetition is told that the outcome is unknown.',
    unit: 'seconds',
  })
  @IsInt()
  @Min(1)
  @Max(3_600)
  readonly idempotencyLeaseSeconds: number = 60;
}
