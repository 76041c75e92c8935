import { frozenSecurity } from '../../migrations/frozen-security.js';
import { entities } from '../index.js';
import { allStatements, securityStatements } from './security-sql.js';

export interface PendingSecurity {
  /** Statements that the declarations call for and no migration makes. */
  readonly missing: readonly string[];
  /** Statements of migrations that no declaration calls for any more. */
  readonly obsolete: readonly string[];
}

/** The difference between what the entities declare and what the migrations make. Empty when every declaration has its migration. */
export function pendingSecurity(): PendingSecurity {
  const declared = allStatements(securityStatements(entities));
  const frozen = new Set(frozenSecurity);
  const wanted = new Set(declared);
  return {
    missing: declared.filter((statement) => !frozen.has(statement)),
    obsolete: frozenSecurity.filter((statement) => !wanted.has(statement)),
  };
}
