#!/bin/sh
# Bazel, quiet unless something is wrong: its chatter appears when it fails.
set -eu
cd "$(dirname "$0")/.."
# Bazel wants a home for its caches.
export HOME="${HOME:-/root}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
case "$1" in
  query) bazel "$@" --noshow_progress 2>"$log" || status=$? ;;
  *) bazel "$@" --noshow_progress --color=no >"$log" 2>&1 || status=$? ;;
esac
[ "$status" -eq 0 ] || cat "$log" >&2
exit "$status"
