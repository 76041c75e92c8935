import { PlinthError } from '#database';

/** Nobody of this id belongs to the current organization; a person of another organization answers the same. */
export class MemberNotFoundError extends PlinthError {
  readonly code = 'MEMBER_NOT_FOUND';
  readonly family = 'caller';
  override readonly httpStatus = 404;
  constructor(userId: string) {
    super('Nobody with this id belongs to the organization. List the members to see who does.', { fields: { userId } });
  }
}

/** The organization would be left without an OWNER who can sign in. */
export class LastOwnerError extends PlinthError {
  readonly code = 'LAST_OWNER';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor() {
    super('This is the last active OWNER of the organization. Make somebody else an OWNER first.');
  }
}

/** Somebody wants to give a role or a permission that they do not have, or to change somebody stronger than themselves. */
export class RoleNotGrantableError extends PlinthError {
  readonly code = 'ROLE_NOT_GRANTABLE';
  readonly family = 'caller';
  override readonly httpStatus = 403;
  constructor(reason: string, field?: string) {
    super(`${reason} Ask somebody who has it.`, { fields: field === undefined ? {} : { field } });
  }
}
