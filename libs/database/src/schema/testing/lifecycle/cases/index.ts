import type { DriftCases } from '../drift-case.js';
import { CHECK_CASES } from './check.cases.js';
import { COLUMN_TYPE_CASES } from './column-type.cases.js';
import { COLUMN_CASES } from './column.cases.js';
import { FOREIGN_KEY_CASES } from './foreign-key.cases.js';
import { FUNCTION_CASES } from './function.cases.js';
import { GRANT_CASES } from './grant.cases.js';
import { INDEX_CASES } from './index.cases.js';
import { KEY_CASES } from './key.cases.js';
import { COMMENT_CASES, SEQUENCE_CASES, TYPE_CASES, VIEW_CASES } from './other.cases.js';
import { DEFAULT_PRIVILEGE_CASES, OWNER_CASES } from './ownership.cases.js';
import { ROW_SECURITY_CASES } from './row-security.cases.js';
import { ROLE_CASES } from './role.cases.js';
import { DATABASE_CASES } from './setting.cases.js';
import { TABLE_CASES } from './table.cases.js';
import { TRIGGER_CASES } from './trigger.cases.js';

export const ALL_CASES: readonly DriftCases[] = [
  TABLE_CASES,
  COLUMN_CASES,
  COLUMN_TYPE_CASES,
  CHECK_CASES,
  KEY_CASES,
  FOREIGN_KEY_CASES,
  INDEX_CASES,
  ROW_SECURITY_CASES,
  GRANT_CASES,
  DEFAULT_PRIVILEGE_CASES,
  OWNER_CASES,
  FUNCTION_CASES,
  TRIGGER_CASES,
  VIEW_CASES,
  SEQUENCE_CASES,
  TYPE_CASES,
  COMMENT_CASES,
  DATABASE_CASES,
  ROLE_CASES,
];
