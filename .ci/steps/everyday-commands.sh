#!/usr/bin/env bash
# Runs the commands that the README lists, on a database of their own, and sees that generated files are current.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PLINTH_HOME="$PWD/.plinth/ci" PORT=${PORT:-3402} WORKER_PORT=${WORKER_PORT:-3403}
unset DATABASE_URL NODE_ENV
printed=$(mktemp)

# Whatever goes wrong, nothing is left running.
services=()
trap 'for group in "${services[@]}"; do kill -KILL -- "-$group" 2>/dev/null || true; done; rm -f "$printed"' EXIT

say() { printf -- '-- %s\n' "$*"; }
ready() { curl --silent --fail --output /dev/null "http://127.0.0.1:$1/health/ready"; }
# What a command prints is of interest only when it fails.
run() {
  say "npm run $*"
  npm run --silent "$@" >"$printed" 2>&1 || { cat "$printed"; exit 1; }
}

run db:init
run migration:show
run migration:current
run migration:history
run schema:log
run migration:revert -- --yes
run migration:run
run migration:generate -- --check
run schema:check
run schema:plan
run schema:fix
run schema:lint
run schema:fingerprint
run schema:doctor
say 'npm run db:backup, npm run db:restore'
run db:restore -- --from "$(npm run --silent db:backup -- --to "$PLINTH_HOME/backups" 2>/dev/null)" --yes --replace
run queue:dead
say 'npm run db:url'
[[ $(npm run --silent db:url) == postgres://*@127.0.0.1:*/plinth ]]

# Job control gives each service a process group of its own, as a terminal would. One after the other: both compile into dist.
set -m
start() {
  say "npx nest start $1"
  npx nest start "$1" >"$PLINTH_HOME/$1.log" 2>&1 &
  services+=("$!")
  local deadline=$((SECONDS + 60))
  until ready "$2"; do
    if [ "$SECONDS" -gt "$deadline" ]; then cat "$PLINTH_HOME/$1.log"; echo "nest start $1 did not become ready."; exit 1; fi
    sleep 0.2
  done
}
start api "$PORT"
start worker "$WORKER_PORT"
run plinth -- login --url "http://127.0.0.1:$PORT"
run plinth -- whoami
run plinth -- repositories list --json
run plinth -- agents --git
run plinth -- usage
run plinth -- logout
for group in "${services[@]}"; do kill -TERM -- "-$group"; done
wait || true
services=()

run db:stop
run db:reset -- --yes

say 'generated files are current'
run openapi
run config:docs
run schema:docs
run schema:snapshot
run schema:fingerprint -- --write
run schema:lint -- --pages
git diff --exit-code -- docs .env.example libs
