import { pendingSecurity } from './pending-security.js';

describe('the security of the migrations', () => {
  it('is exactly what the entities declare now: a changed declaration needs a migration (npm run migration:security prints its statements)', () => {
    expect(pendingSecurity()).toEqual({ missing: [], obsolete: [] });
  });
});
