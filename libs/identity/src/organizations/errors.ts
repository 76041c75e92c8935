import { PlinthError } from '#database';

/** Another organization has the slug; slugs stand in URLs and are unique over all organizations. */
export class SlugTakenError extends PlinthError {
  readonly code = 'SLUG_TAKEN';
  readonly family = 'caller';
  override readonly httpStatus = 409;
  constructor(slug: string, cause?: unknown) {
    super(`The slug "${slug}" is taken. Choose another one.`, { fields: { field: 'slug', slug }, cause });
  }
}
