import { PlinthError } from '#database';
import type { RemovalPreview } from './removal-preview.js';

/** There is no organization with this id. */
export class OrganizationUnknownError extends PlinthError {
  readonly code = 'ORGANIZATION_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(orgId: string) {
    super('There is no organization with this id.', { fields: { orgId } });
  }
}

/** An organization that is being erased can be neither suspended nor made active again. */
export class OrganizationErasingError extends PlinthError {
  readonly code = 'ORGANIZATION_ERASING';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor() {
    super('This organization is being erased, which cannot be stopped.');
  }
}

/** There is no user with this id. */
export class UserUnknownError extends PlinthError {
  readonly code = 'USER_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(userId: string) {
    super('There is no user with this id.', { fields: { userId } });
  }
}

/** Nobody deactivates, anonymises or deletes themselves: the next one could find nobody who runs the platform. */
export class OwnAccountError extends PlinthError {
  readonly code = 'OWN_ACCOUNT';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor() {
    super('This is your own account. Ask somebody else who runs the platform.');
  }
}

/** An organization by which an answer names it. */
export interface NamedOrganization {
  readonly id: string;
  readonly name: string;
}

/** Organizations would be left without an active OWNER. `details` lists them. */
export class LastOwnerOfError extends PlinthError {
  readonly code = 'LAST_OWNER';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(organizations: readonly NamedOrganization[]) {
    super('This is the last active OWNER of some organization. Make somebody else an OWNER first.', { fields: { details: { organizations } } });
  }
}

/** Deleting needs a decision about what would go with the user. `details` lists it. */
export class DeletionUndecidedError extends PlinthError {
  readonly code = 'DELETION_UNDECIDED';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(preview: RemovalPreview) {
    const rows = preview.goes.reduce((sum, { rows: count }) => sum + count, 0);
    super(
      `${rows} rows of ${preview.goes.length} tables would go with this user. Say {"giveTo": "<user id>"} to give what they made to somebody, or {"lose": true} to lose it.`,
      { fields: { details: preview } },
    );
  }
}

/** Whoever gets the rows must be able to reach them. `details` lists the organizations that they do not belong to. */
export class KeeperNotMemberError extends PlinthError {
  readonly code = 'KEEPER_NOT_MEMBER';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(organizations: readonly NamedOrganization[]) {
    super('The person named does not belong to every organization whose rows they would get. Name somebody else, or invite them there first.', {
      fields: { field: 'giveTo', details: { organizations } },
    });
  }
}

/** The person who would get the rows is not there, deactivated, or the one who is deleted. */
export class KeeperUnfitError extends PlinthError {
  readonly code = 'KEEPER_UNFIT';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor() {
    super('The person named must be another, active user.', { fields: { field: 'giveTo' } });
  }
}

/** Rows go with one another in a circle, which cannot be counted table by table. */
export class ReferenceCycleError extends PlinthError {
  readonly code = 'REFERENCE_CYCLE';
  readonly family = 'bug';
  constructor(tables: readonly string[]) {
    super(`Deleting cascades in a circle over ${tables.join(', ')}: make one of these references SET NULL or NO ACTION.`, { fields: { tables } });
  }
}
