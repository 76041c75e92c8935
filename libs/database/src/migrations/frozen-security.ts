import { SCHEMA_TOOLS_SECURITY } from './1795272000000-schema-tools.js';
import { INITIAL_GRANTS } from './initial/grants.sql.js';
import { INITIAL_SQL_INDEXES } from './initial/indexes.sql.js';
import { INITIAL_POLICIES } from './initial/policies.sql.js';
import { INITIAL_TRIGGERS } from './initial/triggers.sql.js';

/** What the migrations made of the declarations so far. A new migration adds its statements here, and takes away those it undid. */
export const frozenSecurity: readonly string[] = [
  // Oldest first, a line for each.
  ...INITIAL_TRIGGERS,
  ...INITIAL_POLICIES,
  ...INITIAL_GRANTS,
  ...INITIAL_SQL_INDEXES,
  ...SCHEMA_TOOLS_SECURITY,
];
