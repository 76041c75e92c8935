import { GRANT_CASES } from '../testing/lifecycle/cases/grant.cases.js';
import { DEFAULT_PRIVILEGE_CASES, OWNER_CASES } from '../testing/lifecycle/cases/ownership.cases.js';
import { ROW_SECURITY_CASES } from '../testing/lifecycle/cases/row-security.cases.js';
import { DATABASE_CASES } from '../testing/lifecycle/cases/setting.cases.js';
import { describeDrift } from '../testing/lifecycle/describe-drift.js';
import { testMajor } from '../testing/lifecycle/test-major.js';

describeDrift([ROW_SECURITY_CASES, GRANT_CASES, DEFAULT_PRIVILEGE_CASES, OWNER_CASES, DATABASE_CASES], await testMajor());
