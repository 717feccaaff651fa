#!/bin/sh
# Makes the profiles of this folder from source/, with gcc, Valgrind, PHP with
# Xdebug, and a Python that has yappi and pyprof2calltree ($PYTHON). Times differ
# from run to run; counts do not.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

flags="-g -O1 -fno-asynchronous-unwind-tables -fno-stack-protector -static
  -nostdlib -fno-optimize-sibling-calls
  -fdebug-prefix-map=$PWD/source=/home/dev/app"
# shellcheck disable=SC2086  # a list of flags
gcc $flags -o "$work/app" "$PWD/source/main.c" "$PWD/source/other.c"

# Not those of this machine.
caches="--I1=32768,8,64 --D1=32768,8,64 --LL=1048576,16,64"

# shellcheck disable=SC2086
callgrind() {
  out=$1
  shift
  (cd "$work" && valgrind -q --tool=callgrind --callgrind-out-file=out \
    $caches "$@" ./app)
  sed "s|$work|/home/dev/app|g" "$work/out" >"$out"
}
callgrind lines.callgrind
callgrind all.callgrind --dump-instr=yes --collect-jumps=yes --cache-sim=yes \
  --branch-sim=yes
callgrind instr.callgrind --dump-line=no --dump-instr=yes --collect-jumps=yes
callgrind uncompressed.callgrind --dump-instr=yes --collect-jumps=yes \
  --cache-sim=yes --branch-sim=yes --compress-strings=no --compress-pos=no
callgrind recursions.callgrind --separate-recs=3 --separate-callers=1
callgrind parts.callgrind --combine-dumps=yes --dump-before=run \
  --collect-jumps=yes
# shellcheck disable=SC2086
(cd "$work" && valgrind -q --tool=cachegrind --cachegrind-out-file=out \
  $caches ./app)
sed "s|$work|/home/dev/app|g" "$work/out" >app.cachegrind

"$python" make_python.py
sed -i "s|$PWD/source|/home/dev/app|g" yappi.callgrind pyprof2calltree.callgrind

xdebug() {
  php -d xdebug.mode=profile \
    -d xdebug.output_dir="$work" -d xdebug.use_compression=0 \
    -d xdebug.profiler_output_name=out source/program.php >"$work/stdout"
  sed "s|$PWD/source|/home/dev/app|g" "$work/out" >"$1"
}
xdebug xdebug.callgrind

"$python" make_expected.py
