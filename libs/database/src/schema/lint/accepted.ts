/** A finding about the catalogue that stays, on purpose, and why. */
export interface AcceptedFinding {
  readonly rule: string;
  /** As the finding names it. */
  readonly object: string;
  readonly reason: string;
}

const QUEUE_WALK = 'The queue walks it over all organizations: claiming is fair between them, and runs as app_queue, never as a tenant.';

/**
 * What the live catalogue keeps although a rule speaks against it. A migration that suppresses a rule about the catalogue adds its line
 * here, since a comment in a migration is not in the database; a line that nothing needs any more is itself a finding.
 */
export const ACCEPTED: readonly AcceptedFinding[] = [
  { rule: 'index-led-by-org', object: 'index ix_job_dead on job', reason: QUEUE_WALK },
  { rule: 'index-led-by-org', object: 'index ix_job_due on job', reason: QUEUE_WALK },
  { rule: 'index-led-by-org', object: 'index ix_job_lease on job', reason: QUEUE_WALK },
  { rule: 'index-led-by-org', object: 'index ix_job_line on job', reason: QUEUE_WALK },
  {
    rule: 'organization-cascade',
    object: 'table job',
    reason: 'On a sharded database the queue stays on the coordinator and can have no key to a distributed table; erasing deletes its rows by org_id.',
  },
];
