import { join } from 'node:path';
import { environmentKind } from '#database';
import { embeddedHome } from '#database/embedded';
import { DevelopmentDelivery } from './development-delivery.js';
import { RefusingDelivery } from './refusing-delivery.js';
import type { TokenDelivery } from './token-delivery.js';

const OUTBOX = 'outbox.jsonl';

/** The delivery of this environment: the outbox in the home of Plinth (PLINTH_HOME) in development and tests, none in production. */
export function chooseDelivery(): TokenDelivery {
  if (environmentKind() === 'production') return new RefusingDelivery();
  return new DevelopmentDelivery(join(embeddedHome().folder, OUTBOX));
}
