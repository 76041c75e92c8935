import { checkedConstraint } from './constraints.js';
import { countingOnIdentity } from './identities.js';
import { concurrentIndex } from './indexes.js';
import { exactGrant } from './grants.js';
import { needlessDefault } from './needless-defaults.js';
import { provenNotNull } from './not-null.js';
import { policyInPlace } from './policies.js';
import type { SafeForm } from './safe-form.js';
import { shorterText } from './shorter-texts.js';
import { uniqueConstraint } from './unique-constraints.js';

/** The first that answers writes the change. */
export const SAFE_FORMS: readonly SafeForm[] = [
  needlessDefault,
  exactGrant,
  policyInPlace,
  countingOnIdentity,
  shorterText,
  provenNotNull,
  concurrentIndex,
  uniqueConstraint,
  checkedConstraint,
];
