#!/usr/bin/env python3
"""Merge many dumps of one program: prof2cg against pstats.Stats.

Writes DUMPS dumps as gen_pstats.py makes them, of 2 000 functions and 6 000
calls, each with times of its own (5 % noise per function, a common factor per
dump) and without some of the functions, as workers of one program leave them.
Then merges them with prof2cg (reading, merging, writing callgrind) and a part of
them with pstats.Stats (reading and adding only), in turns, and tells

  - CPU time (user and system) per dump of both, which a busy machine disturbs
    least, and their ratio, the median of all turns; and of wall time;
  - prof2cg's peak memory for a tenth of the dumps and for all of them. GNU
    time(1) tells it: what this process has in memory would count as its
    child's.
"""

import argparse
import marshal
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

import gen_pstats

ADD = "import pstats, sys; pstats.Stats(*sys.argv[1:])"


def vary(stats, rng):
    """The same program in another process, which may not need everything."""
    speed = rng.lognormvariate(0, 0.1)
    left_out = {key for key in stats if rng.random() < 0.02}
    varied = {}
    for key, (cc, nc, tt, ct, callers) in stats.items():
        if key in left_out:
            continue
        factor = speed * rng.gauss(1, 0.05)
        varied[key] = (cc, nc, tt * factor, ct * factor, {
            caller: (n, p, t * factor, c * factor)
            for caller, (n, p, t, c) in callers.items()
            if caller not in left_out})
    return varied


def write_dumps(folder, count, functions, calls):
    rng = random.Random(1)
    stats = gen_pstats.profile(functions, calls, "layered", 1)
    paths = []
    for number in range(count):
        paths.append(os.path.join(folder, "worker-%04d.pstats" % number))
        with open(paths[-1], "wb") as dump:
            marshal.dump(vary(stats, rng), dump)
    return paths


def run(command):
    """Seconds of CPU and wall time."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit("many_dumps: failed: " + " ".join(command[:4]))
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start


def peak_memory(command, folder):
    """In MiB."""
    told = os.path.join(folder, "memory")
    subprocess.run(["/usr/bin/time", "-f", "%M", "-o", told] + command,
                   stderr=subprocess.DEVNULL, check=True)
    with open(told) as file:
        return int(file.read()) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("prof2cg")
    parser.add_argument("--dumps", type=int, default=1000)
    parser.add_argument("--functions", type=int, default=2000)
    parser.add_argument("--calls", type=int, default=6000)
    parser.add_argument("--turns", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = write_dumps(folder, args.dumps, args.functions, args.calls)
        merge = [args.prof2cg, "-o", os.path.join(folder, "sum.cg")]
        some = paths[:max(2, len(paths) // 10)]
        add = [sys.executable, "-c", ADD]
        ratios = []
        for _ in range(args.turns):
            ours = [t / len(paths) for t in run(merge + paths)]
            theirs = [t / len(some) for t in run(add + some)]
            ratios.append([b / a for a, b in zip(ours, theirs)])
            print("a dump: prof2cg %.2f ms, pstats.Stats %.2f ms: %.1f x "
                  "(wall time %.1f x)"
                  % (ours[0] * 1e3, theirs[0] * 1e3, *ratios[-1]))
        print("median %.1f x (wall time %.1f x)"
              % tuple(map(statistics.median, zip(*ratios))))
        for dumps in some, paths:
            print("peak memory for %d dumps: %.1f MiB"
                  % (len(dumps), peak_memory(merge + dumps, folder)))


if __name__ == "__main__":
    main()
