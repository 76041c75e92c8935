import { PlinthError } from '#database';

/** The days asked for cannot be answered. */
export class UsagePeriodRefusedError extends PlinthError {
  readonly code = 'USAGE_PERIOD_REFUSED';
  readonly family = 'caller';
  override readonly httpStatus = 422;
  constructor(field: string, reason: string) {
    super(`The period is refused: ${reason}`, { fields: { field } });
  }
}
