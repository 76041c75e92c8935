import type { FindingRules } from '../finding-words.js';

/** Tables and their columns. */
export const tableRules: FindingRules = {
  'table.missing': {
    code: 'TABLE_MISSING',
    driftClass: 'data',
    severity: 'error',
    explain: 'The table is not there: every statement on it fails, and its rows are gone.',
  },
  'table.extra': {
    code: 'TABLE_EXTRA',
    driftClass: 'extra',
    severity: 'warning',
    explain:
      'No migration makes this table. It has no declared tenancy, so nobody has said whose rows it holds. Write a migration for it, move it to another schema, or accept it.',
  },
  'table.rowSecurity': {
    code: 'ROW_SECURITY_SWITCHED',
    driftClass: 'security',
    severity: 'error',
    explain: 'While row security is disabled, no policy of the table holds: every tenant sees and changes every row that its grants reach.',
  },
  'table.forceRowSecurity': {
    code: 'ROW_SECURITY_FORCE_SWITCHED',
    driftClass: 'security',
    severity: 'error',
    explain: 'Without FORCE the policies do not bind the owner, and what runs with the owner’s rights reads every tenant’s rows.',
  },
  'table.owner': {
    code: 'OWNER_CHANGED',
    driftClass: 'security',
    severity: 'error',
    explain: 'The owner may alter the table, its policies and its grants. It must be app_owner, which no service logs in as.',
  },
  'table.persistence': {
    code: 'TABLE_PERSISTENCE_CHANGED',
    driftClass: 'data',
    severity: 'error',
    explain: 'An unlogged table is emptied by a crash and is not on replicas.',
  },
  'table.replicaIdentity': {
    code: 'REPLICA_IDENTITY_CHANGED',
    driftClass: 'data',
    severity: 'warning',
    explain: 'It says which columns logical replication sends to find a row: subscribers may refuse updates, or receive more of a row than they should.',
  },
  'table.replicaIdentityIndex': {
    code: 'REPLICA_IDENTITY_CHANGED',
    driftClass: 'data',
    severity: 'warning',
    explain: 'It says which columns logical replication sends to find a row.',
  },
  'table.reloptions': {
    code: 'TABLE_OPTIONS_CHANGED',
    driftClass: 'performance',
    severity: 'warning',
    explain: 'Storage and vacuum options of the table differ from what was decided.',
  },
  'column.missing': {
    code: 'COLUMN_MISSING',
    driftClass: 'data',
    severity: 'error',
    explain: 'The column is not there: statements that name it fail, and its values are gone.',
  },
  'column.extra': {
    code: 'COLUMN_EXTRA',
    driftClass: 'extra',
    severity: 'warning',
    explain: 'No migration makes this column. The services neither read nor fill it; dropping it loses its values.',
  },
  'column.type': {
    code: 'COLUMN_TYPE_CHANGED',
    driftClass: 'data',
    severity: 'error',
    explain: 'The column has another type or length: values are refused, cut or read differently than the services expect.',
  },
  'column.notNull': {
    code: 'COLUMN_NULLABILITY_CHANGED',
    driftClass: 'data',
    severity: 'error',
    explain: 'Whether the column may be null differs: rows can hold a null that the services do not expect, or inserts fail.',
  },
  'column.identity': {
    code: 'COLUMN_IDENTITY_CHANGED',
    driftClass: 'data',
    severity: 'error',
    explain: 'The key is made in another way, or no longer at all.',
  },
  'column.collation': {
    code: 'COLUMN_COLLATION_CHANGED',
    driftClass: 'data',
    severity: 'warning',
    explain: 'Another collation sorts and compares differently, and no index of the old one serves it.',
  },
  'column.generatedExpr': {
    code: 'COLUMN_GENERATION_CHANGED',
    driftClass: 'data',
    severity: 'error',
    explain: 'Whether and how the column computes its value differs.',
  },
  'default.missing': {
    code: 'DEFAULT_MISSING',
    driftClass: 'data',
    severity: 'error',
    explain: 'Inserts that rely on the default fail or leave the column null.',
  },
  'default.extra': {
    code: 'DEFAULT_EXTRA',
    driftClass: 'data',
    severity: 'warning',
    explain: 'The column fills itself where a value should have been demanded.',
  },
  'default.expr': { code: 'DEFAULT_CHANGED', driftClass: 'data', severity: 'error', explain: 'New rows get another value than was decided.' },
};
