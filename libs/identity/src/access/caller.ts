import type { Principal } from '#database';

/** A caller who is who they say, and whether anything of their organization can be reached. */
export interface Caller {
  readonly principal: Principal;
  /** False while the organization is suspended or being erased. */
  readonly isOrganizationActive: boolean;
}
