#!/usr/bin/env bash
# Starts everything with the README's command, takes the tour, stops it with Ctrl-C, starts it once more and takes the tour again.
set -euo pipefail
logs=$1
cd "$(dirname "$0")/../.."
export PORT=${PORT:-3400} WORKER_PORT=${WORKER_PORT:-3401}
unset DATABASE_URL NODE_ENV

wait_for_ready() {
  local deadline=$((SECONDS + 600))
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$PORT/health/ready" && curl --silent --fail --output /dev/null "http://127.0.0.1:$WORKER_PORT/health/ready"; do
    if ! kill -0 "$1" 2>/dev/null || [ "$SECONDS" -gt "$deadline" ]; then cat "$logs/start"; echo 'npm start did not become ready.'; exit 1; fi
    sleep 0.2
  done
}

# Ctrl-C reaches every process of the terminal's group; npm itself then ends with 130.
stop() {
  local status=0
  kill -INT -- "-$1"
  wait "$1" || status=$?
  pid=
  if [ "$status" -ne 0 ] && [ "$status" -ne 130 ]; then cat "$logs/start"; echo "npm start ended with $status."; exit 1; fi
}

# Whatever goes wrong, nothing is left running.
pid=
trap '[ -z "$pid" ] || kill -KILL -- "-$pid" 2>/dev/null || true' EXIT

# Job control gives the background job a SIGINT that it can receive, as a terminal's Ctrl-C would.
set -m
npm start >"$logs/start" 2>&1 &
pid=$!
wait_for_ready "$pid"
npm run --silent tour -- --write
git diff --exit-code docs/tour.md || { echo 'docs/tour.md is not what a tour says now. Write it: npm run tour -- --write'; exit 1; }
stop "$pid"

# Once more, on the data of the first: with a repository that is named.
npm start >"$logs/start" 2>&1 &
pid=$!
wait_for_ready "$pid"
git init --quiet --initial-branch=main "$logs/agents"
cp -r examples/. "$logs/agents/"
git -C "$logs/agents" add --all
git -C "$logs/agents" -c user.name=ci -c user.email=ci@example.test commit --quiet --message 'Agents'
npm run --silent tour -- "$logs/agents"
stop "$pid"
