import { createParamDecorator } from '@nestjs/common';
import { currentContext } from '#database';
import { RequestContextMissingError } from './errors.js';

/** The id of the signed-in person, as a handler's parameter. */
export const CurrentUserId = createParamDecorator((): string => {
  const userId = currentContext()?.principal?.userId;
  if (userId === undefined || userId === null) throw new RequestContextMissingError('principal');
  return userId;
});
