import { entitiesPart } from './entities.part.js';
import { lintPart } from './lint.part.js';
import { oldEntitiesPart } from './old-entities.part.js';
import type { CheckPart } from './part.js';
import { roundTripPart } from './round-trip.part.js';
import { snapshotPart } from './snapshot.part.js';

/** The questions of the gate, in the order in which they are asked: first what a developer most often forgot. */
export const CHECK_PARTS: readonly CheckPart[] = [entitiesPart, lintPart, snapshotPart, roundTripPart, oldEntitiesPart];
