#!/bin/sh
# Bazel, quiet unless something is wrong: its chatter appears when it fails.
set -eu
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
case "$1" in
  # Their answer is on standard output.
  query | info) bazel "$@" --noshow_progress 2>"$log" || status=$? ;;
  *) bazel "$@" --noshow_progress --color=no >"$log" 2>&1 || status=$? ;;
esac
[ "$status" -eq 0 ] || cat "$log" >&2
exit "$status"
