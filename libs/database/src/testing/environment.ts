import type { ClusterUrls } from './cluster.js';
import { PlinthError } from '../errors.js';

const URLS_VARIABLE = 'PLINTH_TEST_URLS';
const TEMPLATE_VARIABLE = 'PLINTH_TEST_TEMPLATE';

export class TestClusterMissingError extends PlinthError {
  readonly code = 'TEST_CLUSTER_MISSING';
  readonly family = 'operator';
  constructor(variable: string) {
    super(`"${variable}" is not set: the tests' server was not started. Run "npm test", or give Jest the globalSetup of jest.config.mjs.`);
  }
}

/** What the global set-up hands to each test process. */
export interface TestEnvironment {
  readonly urls: ClusterUrls;
  readonly template: string;
}

/** Publishes the tests' server to the test processes, which inherit this process' environment. */
export function publishTestEnvironment(environment: TestEnvironment): void {
  process.env[URLS_VARIABLE] = JSON.stringify(environment.urls);
  process.env[TEMPLATE_VARIABLE] = environment.template;
}

/** @throws TestClusterMissingError where the global set-up did not run. */
export function testEnvironment(): TestEnvironment {
  return { urls: JSON.parse(required(URLS_VARIABLE)) as ClusterUrls, template: required(TEMPLATE_VARIABLE) };
}

function required(variable: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') throw new TestClusterMissingError(variable);
  return value;
}
