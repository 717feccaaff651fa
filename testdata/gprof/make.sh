#!/bin/sh
# Makes the listings of this folder from source/ with gcc and gprof. Times differ
# from run to run; counts do not.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

flags="-pg -g -O0 -no-pie"
# shellcheck disable=SC2086  # a list of flags
{
  gcc $flags -o "$work/app" source/main.c source/other.c
  g++ $flags -o "$work/shapes" source/shapes.cc
}
(cd "$work" && ./app && mv gmon.out app.out && ./shapes)

gprof "$work/app" "$work/app.out" >whole.prof
gprof -b -q "$work/app" "$work/app.out" >graph.prof
gprof -b -q -Qleaf -Qfib "$work/app" "$work/app.out" >hidden.prof
gprof -b -q "$work/shapes" "$work/gmon.out" >shapes.prof
