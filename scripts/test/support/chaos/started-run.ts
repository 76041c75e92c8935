import type { ChaosOrganization } from './organization.js';
import type { Kind } from './mix.js';

/** A run that was started, and what became of the wish to cancel it. */
export interface StartedRun {
  readonly id: string;
  readonly kind: Kind;
  readonly organization: ChaosOrganization;
  /** Whether cancelling it was answered with success; undefined: nobody tried. */
  cancelled?: boolean;
}
