export { createOrganization, createTestDatabase, testAdminUrl, type TestDatabase, type TestOrganization } from './test-database.js';
export { withAdmin } from './admin.js';
export type { ClusterUrls } from './cluster.js';
export { startTestCluster, stopTestCluster } from './global-setup.js';
