export { RecordedSpan, SpanRecorder } from '../tracing/testing/span-recorder.js';
export { createOrganization, createTestDatabase, testAdminUrl, type TestDatabase, type TestOrganization } from './test-database.js';
export { withAdmin } from './admin.js';
export type { ClusterUrls } from './cluster.js';
export { formatReport, type Finding, type IsolationReport, type Verdict } from './isolation/findings.js';
export { ISOLATION_CHECKS, proveIsolation } from './isolation/prove.js';
export { routesOf, type OpenApiDocument } from './isolation/routes/openapi.js';
export { proveRoutes, type ResourceIds, type RouteAnswer, type RouteProof, type SendRequest } from './isolation/routes/prove-routes.js';
export { startTestCluster, stopTestCluster } from './global-setup.js';
