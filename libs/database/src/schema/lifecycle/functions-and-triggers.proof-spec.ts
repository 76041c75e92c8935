import { FUNCTION_CASES } from '../testing/lifecycle/cases/function.cases.js';
import { COMMENT_CASES, SEQUENCE_CASES } from '../testing/lifecycle/cases/other.cases.js';
import { TRIGGER_CASES } from '../testing/lifecycle/cases/trigger.cases.js';
import { describeDrift } from '../testing/lifecycle/describe-drift.js';
import { testMajor } from '../testing/lifecycle/test-major.js';

describeDrift([FUNCTION_CASES, TRIGGER_CASES, SEQUENCE_CASES, COMMENT_CASES], await testMajor());
