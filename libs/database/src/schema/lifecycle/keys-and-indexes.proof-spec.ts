import { CHECK_CASES } from '../testing/lifecycle/cases/check.cases.js';
import { FOREIGN_KEY_CASES } from '../testing/lifecycle/cases/foreign-key.cases.js';
import { INDEX_CASES } from '../testing/lifecycle/cases/index.cases.js';
import { KEY_CASES } from '../testing/lifecycle/cases/key.cases.js';
import { describeDrift } from '../testing/lifecycle/describe-drift.js';
import { testMajor } from '../testing/lifecycle/test-major.js';

describeDrift([CHECK_CASES, KEY_CASES, FOREIGN_KEY_CASES, INDEX_CASES], await testMajor());
