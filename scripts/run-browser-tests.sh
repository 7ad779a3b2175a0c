#!/usr/bin/env bash
# Journeys through the pages in a real browser: scripts/run-browser-tests.sh [JOURNEY...] (default: all; there is: identity).
# Starts a platform of its own for it, unless DEVMENTOR_BASE names the gateway of one that runs in DEVMENTOR_HOME.
# Needs Chromium (CHROMIUM names it if it is not on the path) and Node 20. What a failed journey saw is kept in
# services/system-tests/target/browser. Not a part of scripts/check.
set -uo pipefail

root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
browser=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome; do
  [ -n "$browser" ] || browser=$(command -v "$name" || true)
done
[ -n "$browser" ] || { echo "run-browser-tests: there is no Chromium (apt-get install chromium, or CHROMIUM=FILE)" >&2; exit 1; }
command -v node >/dev/null || { echo "run-browser-tests: Node 20 or newer is needed" >&2; exit 1; }
journeys=("$@")
[ ${#journeys[@]} -gt 0 ] || journeys=(identity)
for journey in "${journeys[@]}"; do
  case "$journey" in identity) ;; *) echo "run-browser-tests: there is no journey $journey (there is: identity)" >&2; exit 2 ;; esac
done

export DEVMENTOR=$root/scripts/devmentor DEVMENTOR_TRAIN=off
base=${DEVMENTOR_BASE:-}
if [ -z "$base" ]; then
  DEVMENTOR_HOME=$(mktemp -d) || exit 1
  export DEVMENTOR_HOME
  stop() { "$DEVMENTOR" down >/dev/null 2>&1; rm -rf "$DEVMENTOR_HOME"; }
  trap stop EXIT
  trap 'exit 130' INT TERM
  offset=$((10000 + RANDOM % 10000))
  "$DEVMENTOR" up --detach --no-demo --port-offset "$offset" >/dev/null || exit 1
  base=http://127.0.0.1:$((8080 + offset))
fi
DEVMENTOR_BUILD=off node "$root/services/system-tests/src/test/browser/run.mjs" "$base" "$browser" \
  "$root/services/system-tests/target/browser" "${journeys[@]}"
