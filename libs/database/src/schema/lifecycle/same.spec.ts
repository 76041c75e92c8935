import { SAME_CASES } from '../testing/lifecycle/cases/same.cases.js';
import { placeOf } from '../testing/lifecycle/finding-text.js';
import { LifecycleDatabase } from '../testing/lifecycle/lifecycle-database.js';
import { testMajor } from '../testing/lifecycle/test-major.js';

const major = await testMajor();

describe('what is no drift', () => {
  let database: LifecycleDatabase;
  beforeAll(async () => {
    database = await LifecycleDatabase.open();
  });
  afterAll(() => database.drop());

  test.each(SAME_CASES.filter(({ since = 15 }) => since <= major))('is not reported: $name', async ({ does, by = 'owner', undo = [] }) => {
    await database.run(by, does);
    try {
      expect((await database.findings()).map(placeOf)).toEqual([]);
    } finally {
      await database.run('admin', undo);
    }
  });

  test('after all of it, there is nothing to repair', async () => {
    expect(await database.manager().fixSchema()).toMatchObject({ outcome: 'nothing-to-do', left: [] });
  });
});
