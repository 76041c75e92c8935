import { columnGeneration } from './column-generation.js';
import { columnNullability } from './column-nullability.js';
import { columnOptions } from './column-options.js';
import { constraintEnforced } from './constraint-enforced.js';
import { databaseGrant } from './database-grant.js';
import { eventTrigger } from './event-trigger.js';
import { foreignDefaultPrivilege } from './foreign-default-privilege.js';
import { functionParts } from './function-parts.js';
import { indexState } from './index-state.js';
import { keyEnforcement } from './key-enforcement.js';
import { largeObject } from './large-object.js';
import { materializedView } from './materialized-view.js';
import { membership } from './membership.js';
import { openedFunction } from './opened-function.js';
import { otherObject } from './other-object.js';
import { outsideReader } from './outside-reader.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { parameterGrant } from './parameter-grant.js';
import { publication } from './publication.js';
import { role } from './role.js';
import { schemaGrant } from './schema-grant.js';
import { sequenceState } from './sequence-state.js';
import { setting } from './setting.js';
import { statisticsObject } from './statistics-object.js';
import { tableStorage } from './table-storage.js';
import { viewColumn } from './view-column.js';

/** Every kind of fact that we read ourselves. */
export const OWN_FACT_KINDS: readonly OwnFactKind[] = [
  // Of the schema.
  tableStorage,
  columnOptions,
  columnGeneration,
  columnNullability,
  constraintEnforced,
  keyEnforcement,
  indexState,
  statisticsObject,
  sequenceState,
  viewColumn,
  materializedView,
  functionParts,
  otherObject,
  foreignDefaultPrivilege,
  // Around it, in the database.
  outsideReader,
  publication,
  eventTrigger,
  schemaGrant,
  databaseGrant,
  openedFunction,
  largeObject,
  // Of the server.
  role,
  membership,
  setting,
  parameterGrant,
];
