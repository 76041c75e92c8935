/** Where `npm test` wants the counts of the run, which its last line says. */
const counts = process.env.PLINTH_TEST_COUNTS;

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/scripts', '<rootDir>/docs'],
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: {
    '^#(database|queue|service|identity|agents|runs|client)$': '<rootDir>/libs/$1/src/index.ts',
    '^#(database|queue|service|identity|agents|runs|client)/(.*)$': '<rootDir>/libs/$1/src/$2/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/scripts/jest.global-setup.mjs',
  globalTeardown: '<rootDir>/scripts/jest.global-teardown.mjs',
  reporters: ['default', '<rootDir>/scripts/lib/operations-reporter.mjs', ...(counts ? [['<rootDir>/scripts/lib/count-reporter.mjs', { file: counts }]] : [])],
  maxWorkers: 2,
  // Modules that a file loaded stay in memory after it; with gigabytes of them most of the time goes to collecting garbage.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 120_000,
};
