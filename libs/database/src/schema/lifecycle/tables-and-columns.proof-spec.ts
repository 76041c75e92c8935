import { COLUMN_CASES } from '../testing/lifecycle/cases/column.cases.js';
import { COLUMN_TYPE_CASES } from '../testing/lifecycle/cases/column-type.cases.js';
import { TYPE_CASES, VIEW_CASES } from '../testing/lifecycle/cases/other.cases.js';
import { TABLE_CASES } from '../testing/lifecycle/cases/table.cases.js';
import { describeDrift } from '../testing/lifecycle/describe-drift.js';
import { testMajor } from '../testing/lifecycle/test-major.js';

describeDrift([TABLE_CASES, COLUMN_CASES, COLUMN_TYPE_CASES, VIEW_CASES, TYPE_CASES], await testMajor());
