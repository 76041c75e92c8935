import { SAME_CASES } from '../testing/lifecycle/cases/same.cases.js';
import { placeOf } from '../testing/lifecycle/finding-text.js';
import { LifecycleDatabase } from '../testing/lifecycle/lifecycle-database.js';
import { SINGLY } from '../testing/lifecycle/rounds.js';
import { testMajor } from '../testing/lifecycle/test-major.js';

const major = await testMajor();
const CASES = SAME_CASES.filter(({ since = 15 }) => since <= major);

describe('what is no drift', () => {
  let database: LifecycleDatabase;
  beforeAll(async () => {
    database = await LifecycleDatabase.open();
  });
  afterAll(async () => {
    await database.run(
      'admin',
      CASES.flatMap(({ undo = [] }) => undo),
    );
    await database.drop();
  });

  test.each(CASES)('is done: $name', async ({ does, by = 'owner' }) => {
    await database.run(by, does);
    if (SINGLY) expect((await database.findings()).map(placeOf)).toEqual([]);
  });

  test('after all of it, nothing is reported', async () => {
    expect((await database.findings()).map(placeOf)).toEqual([]);
  });

  test('after all of it, there is nothing to repair', async () => {
    expect(await database.manager().fixSchema()).toMatchObject({ outcome: 'nothing-to-do', left: [] });
  });
});
