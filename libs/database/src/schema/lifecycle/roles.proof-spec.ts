import { ROLE_CASES } from '../testing/lifecycle/cases/role.cases.js';
import { describeDrift } from '../testing/lifecycle/describe-drift.js';
import { startOwnServer, type OwnServer } from '../testing/lifecycle/own-server.js';
import { testMajor } from '../testing/lifecycle/test-major.js';

let server: OwnServer;
beforeAll(async () => {
  server = await startOwnServer();
});
afterAll(() => server.stop());

describeDrift([ROLE_CASES], await testMajor(), () => server.open());
