import { applyDecorators, Controller } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { RequireSystemAdmin } from '../auth/require-permission.decorator.js';
import { LONGEST_REASON } from '../auth/system-reason.js';
import { ApiProblems } from '../http/api-problems.decorator.js';

/** A controller below /v1/admin: for those who run the platform, with the reason of every call. */
export function AdminController(path: string): ClassDecorator {
  return applyDecorators(
    ApiTags('Running the platform'),
    ApiBearerAuth(),
    RequireSystemAdmin(),
    ApiHeader({
      name: 'X-Plinth-Reason',
      required: true,
      description: `Why, in 1 to ${LONGEST_REASON} characters; percent-encode what is not ASCII. It is kept with who called.`,
      schema: { type: 'string', minLength: 1, maxLength: LONGEST_REASON, example: 'Ticket 4711: asked for by the customer' },
    }),
    ApiProblems({ 400: 'the reason is missing or too long, or an input is not valid', 401: 'no valid access token' }),
    Controller(`admin/${path}`),
  );
}
