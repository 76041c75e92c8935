import { adminPolicy } from './admin-policy.rule.js';
import { auditColumns } from './audit-columns.rule.js';
import { closedSetCheck } from './closed-set-check.rule.js';
import { columnTypeRewrite } from './column-type-rewrite.rule.js';
import { constraintNotValid } from './constraint-not-valid.rule.js';
import { dataStepAsOwner } from './data-step-as-owner.rule.js';
import { defaultPrivileges } from './default-privileges.rule.js';
import { definerSearchPath } from './definer-search-path.rule.js';
import { enteredInSavepoint } from './entered-in-savepoint.rule.js';
import { enumType } from './enum-type.rule.js';
import { foreignKeyIndex } from './foreign-key-index.rule.js';
import { functionOpenToPublic } from './function-open-to-public.rule.js';
import { functionWithoutRevoke } from './function-without-revoke.rule.js';
import { generatedColumn } from './generated-column.rule.js';
import { grantAll } from './grant-all.rule.js';
import { grantBeyondCommands } from './grant-beyond-commands.rule.js';
import { grantOption } from './grant-option.rule.js';
import { grantToPublic } from './grant-to-public.rule.js';
import { identityAddedLater } from './identity-added-later.rule.js';
import { identityBigint } from './identity-bigint.rule.js';
import { indexConcurrently } from './index-concurrently.rule.js';
import { indexLedByOrg } from './index-led-by-org.rule.js';
import { indexValid } from './index-valid.rule.js';
import { insertFromLiterals } from './insert-from-literals.rule.js';
import { keyMadeByDatabase } from './key-made-by-database.rule.js';
import { materializedView } from './materialized-view.rule.js';
import { mergeStatement } from './merge-statement.rule.js';
import { objectInPublic } from './object-in-public.rule.js';
import { objectOwner } from './object-owner.rule.js';
import { onConflictConstant } from './on-conflict-constant.rule.js';
import { oneConstraintPerAlter } from './one-constraint-per-alter.rule.js';
import { orgIdColumn } from './org-id-column.rule.js';
import { orgIdUpdatable } from './org-id-updatable.rule.js';
import { orgIdUpdated } from './org-id-updated.rule.js';
import { organizationCascade } from './organization-cascade.rule.js';
import { ownerChanged } from './owner-changed.rule.js';
import { ownerPolicy } from './owner-policy.rule.js';
import { policyAlwaysTrue } from './policy-always-true.rule.js';
import { policyBareSetting } from './policy-bare-setting.rule.js';
import { policyDropped } from './policy-dropped.rule.js';
import { policyImmutableFunction } from './policy-immutable-function.rule.js';
import { policySubselect } from './policy-subselect.rule.js';
import { policyToPublic } from './policy-to-public.rule.js';
import { policyWithoutCheck } from './policy-without-check.rule.js';
import { referenceCarriesOrg } from './reference-carries-org.rule.js';
import { referenceOnUpdate } from './reference-on-update.rule.js';
import { referenceSetNull } from './reference-set-null.rule.js';
import { referenceToTenant } from './reference-to-tenant.rule.js';
import { requiredColumn } from './required-column.rule.js';
import { rolesInMigration } from './roles-in-migration.rule.js';
import { rowSecurityDisabled } from './row-security-disabled.rule.js';
import { rowSecurityEnabled } from './row-security-enabled.rule.js';
import { rowSecurityForced } from './row-security-forced.rule.js';
import { setNotNull } from './set-not-null.rule.js';
import { setWithOthers } from './set-with-others.rule.js';
import { tenantPolicy } from './tenant-policy.rule.js';
import { tenantPrimaryKey } from './tenant-primary-key.rule.js';
import { triggerOwnRow } from './trigger-own-row.rule.js';
import { uniqueLedByOrg } from './unique-led-by-org.rule.js';
import { uniqueUsingIndex } from './unique-using-index.rule.js';
import { updatedAtTrigger } from './updated-at-trigger.rule.js';
import { viewSecurityInvoker } from './view-security-invoker.rule.js';
import { volatileDefault } from './volatile-default.rule.js';
import type { Rule } from './rule.js';

/** Every rule of ours, by the names of their files. */
export const RULES: readonly Rule[] = [
  adminPolicy,
  auditColumns,
  closedSetCheck,
  columnTypeRewrite,
  constraintNotValid,
  dataStepAsOwner,
  defaultPrivileges,
  definerSearchPath,
  enteredInSavepoint,
  enumType,
  foreignKeyIndex,
  functionOpenToPublic,
  functionWithoutRevoke,
  generatedColumn,
  grantAll,
  grantBeyondCommands,
  grantOption,
  grantToPublic,
  identityAddedLater,
  identityBigint,
  indexConcurrently,
  indexLedByOrg,
  indexValid,
  insertFromLiterals,
  keyMadeByDatabase,
  materializedView,
  mergeStatement,
  objectInPublic,
  objectOwner,
  onConflictConstant,
  oneConstraintPerAlter,
  orgIdColumn,
  orgIdUpdatable,
  orgIdUpdated,
  organizationCascade,
  ownerChanged,
  ownerPolicy,
  policyAlwaysTrue,
  policyBareSetting,
  policyDropped,
  policyImmutableFunction,
  policySubselect,
  policyToPublic,
  policyWithoutCheck,
  referenceCarriesOrg,
  referenceOnUpdate,
  referenceSetNull,
  referenceToTenant,
  requiredColumn,
  rolesInMigration,
  rowSecurityDisabled,
  rowSecurityEnabled,
  rowSecurityForced,
  setNotNull,
  setWithOthers,
  tenantPolicy,
  tenantPrimaryKey,
  triggerOwnRow,
  uniqueLedByOrg,
  uniqueUsingIndex,
  updatedAtTrigger,
  viewSecurityInvoker,
  volatileDefault,
];
